import { CommitCutter } from '../commit-cutter.ts';
import { mulberry } from '../workload.ts';
import type { CutterNews, CutterOrder } from './cutter-process.ts';

// `cutter-main.ts UPSTREAM PATH SEED`: orders come, and news go, over the channel to its parent.
const newsMs = 20;

const [upstream = '', path = '', seed = '0'] = process.argv.slice(2);
const cutter = new CommitCutter(upstream, mulberry(Number(seed)));
await cutter.listen(path);
const tell = (): void => {
  const news: CutterNews = { cutsBefore: cutter.cutsBefore, cutsAfter: cutter.cutsAfter };
  if (process.connected) process.send?.(news);
};
process.on('message', ({ cutShare }: CutterOrder) => {
  cutter.cutShare = cutShare;
});
process.on('disconnect', () => process.exit(0));
setInterval(tell, newsMs);
tell();
