import { writeFileSync } from 'node:fs';
import { readDecided } from './decided.ts';
import { describeAccess, tableFile } from './table.ts';

writeFileSync(tableFile, describeAccess(readDecided()));
