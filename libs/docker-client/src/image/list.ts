import { atMost } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { formatNamed, listText } from '../format/list.ts';
import { filtersJson } from '../format/units.ts';
import { imageFormat, imageRows } from './list-format.ts';
import type { ListedImage } from './list-format.ts';

const digestColumn = '{{.Digest}}';

/** @source docker/cli v20.10 cli/command/image/list.go; docker/docker client/image_list.go */
export const list: Command = {
  words: atMost(1),
  checks: { filter: filterProblem },
  run: ({ engine, flags, now, out, words: [name = ''] }) => {
    const filters = [...flags.list('filter'), ...(name === '' ? [] : [`reference=${name}`])];
    const images = engine.get('/images/json', {
      filters: filtersJson(filters),
      all: flags.isOn('all') ? '1' : undefined,
    }) as readonly ListedImage[];
    const digests = flags.isOn('digests');
    const format = imageFormat(digests);
    const given = flags.text('format') === '' ? 'table' : flags.text('format');
    const named = formatNamed(format, given, flags.isOn('quiet'));
    const isOwnTable = named === given && given.startsWith('table');
    const isMissing = digests && isOwnTable && !given.includes(digestColumn);
    const source = isMissing ? `${named}\t${digestColumn}` : named;
    const shows = { digests, inTemplate: source.includes(digestColumn) };
    const looks = { isTrunc: !flags.isOn('no-trunc'), now };
    const rows = images.flatMap((image) => imageRows(image, shows, looks));
    out.print(listText(format, source, rows));
  },
};
