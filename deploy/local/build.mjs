// Builds the application when it is older than its sources.
import { ensureBundle } from './bundle.mjs';

ensureBundle();
