import { InProcessLog } from '@netfold/log-kafka';
import { commandContract } from './commands.ts';

commandContract('commands by way of the twin', () => new InProcessLog());
