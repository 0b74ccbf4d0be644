import { failed } from '../tool.ts';
import type { ToolOutput } from '../tool.ts';
import { busyboxUsage } from './usage.ts';

/** What tools that work on files say of their use. @source BusyBox 1.35.0 as Debian 12 builds it */
const usages = {
  cp: `Usage: cp [-arPLHpfinlsTu] SOURCE DEST
or: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }

Copy SOURCEs to DEST

\t-a\tSame as -dpR
\t-R,-r\tRecurse
\t-d,-P\tPreserve symlinks (default if -R)
\t-L\tFollow all symlinks
\t-H\tFollow symlinks on command line
\t-p\tPreserve file attributes if possible
\t-f\tOverwrite
\t-i\tPrompt before overwrite
\t-n\tDon't overwrite
\t-l,-s\tCreate (sym)links
\t-T\tRefuse to copy if DEST is a directory
\t-t DIR\tCopy all SOURCEs into DIR
\t-u\tCopy only newer files
`,
  mv: `Usage: mv [-finT] SOURCE DEST
or: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }

Rename SOURCE to DEST, or move SOURCEs to DIRECTORY

\t-f\tDon't prompt before overwriting
\t-i\tInteractive, prompt before overwrite
\t-n\tDon't overwrite an existing file
\t-T\tRefuse to move if DEST is a directory
\t-t DIR\tMove all SOURCEs into DIR
`,
  ln: `Usage: ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR

Create a link LINK or DIR/TARGET to the specified TARGET(s)

\t-s\tMake symlinks instead of hardlinks
\t-f\tRemove existing destinations
\t-n\tDon't dereference symlinks - treat like normal file
\t-b\tMake a backup of the target (if exists) before link operation
\t-S SUF\tUse suffix instead of ~ when making backup files
\t-T\tTreat LINK as a file, not DIR
\t-v\tVerbose
`,
  chmod: `Usage: chmod [-Rcvf] MODE[,MODE]... FILE...

MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]

\t-R\tRecurse
\t-c\tList changed files
\t-v\tVerbose
\t-f\tHide errors
`,
  chown: `Usage: chown [-RhLHPcvf]... USER[:[GRP]] FILE...

Change the owner and/or group of FILEs to USER and/or GRP

\t-h\tAffect symlinks instead of symlink targets
\t-L\tTraverse all symlinks to directories
\t-H\tTraverse symlinks on command line only
\t-P\tDon't traverse symlinks (default)
\t-R\tRecurse
\t-c\tList changed files
\t-v\tVerbose
\t-f\tHide errors
`,
  mkdir: `Usage: mkdir [-m MODE] [-p] DIRECTORY...

Create DIRECTORY

\t-m MODE\tMode
\t-p\tNo error if exists; make parent directories as needed
`,
  touch: `Usage: touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...

Update mtime of FILEs

\t-c\tDon't create files
\t-h\tDon't follow links
\t-a\tChange only atime
\t-m\tChange only mtime
\t-d DT\tDate/time to use
\t-t DT\tDate/time to use
\t-r FILE\tUse FILE's date/time
`,
  rm: `Usage: rm [-irf] FILE...

Remove (unlink) FILEs

\t-i\tAlways prompt before removing
\t-f\tNever prompt
\t-R,-r\tRecurse
`,
  rmdir: `Usage: rmdir [-p] DIRECTORY...

Remove DIRECTORY if it is empty

\t-p\tInclude parents
\t--ignore-fail-on-non-empty
`,
  stat: `Usage: stat [-ltf] [-c FMT] FILE...

Display file (default) or filesystem status

\t-c FMT\tUse the specified format
\t-f\tDisplay filesystem status
\t-L\tFollow links
\t-t\tTerse display

FMT sequences for files:
 %a\tAccess rights in octal
 %A\tAccess rights in human readable form
 %b\tNumber of blocks allocated (see %B)
 %B\tSize in bytes of each block reported by %b
 %d\tDevice number in decimal
 %D\tDevice number in hex
 %f\tRaw mode in hex
 %F\tFile type
 %g\tGroup ID
 %G\tGroup name
 %h\tNumber of hard links
 %i\tInode number
 %n\tFile name
 %N\tFile name, with -> TARGET if symlink
 %o\tI/O block size
 %s\tTotal size in bytes
 %t\tMajor device type in hex
 %T\tMinor device type in hex
 %u\tUser ID
 %U\tUser name
 %x\tTime of last access
 %X\tTime of last access as seconds since Epoch
 %y\tTime of last modification
 %Y\tTime of last modification as seconds since Epoch
 %z\tTime of last change
 %Z\tTime of last change as seconds since Epoch

FMT sequences for file systems:
 %a\tFree blocks available to non-superuser
 %b\tTotal data blocks
 %c\tTotal file nodes
 %d\tFree file nodes
 %f\tFree blocks
 %i\tFile System ID in hex
 %l\tMaximum length of filenames
 %n\tFile name
 %s\tBlock size (for faster transfer)
 %S\tFundamental block size (for block counts)
 %t\tType in hex
 %T\tType in human readable form
`,
  readlink: `Usage: readlink [-fnv] FILE

Display the value of a symlink

\t-f\tCanonicalize by following all symlinks
\t-n\tDon't add newline
\t-v\tVerbose
`,
  realpath: `Usage: realpath FILE...

Print absolute pathnames of FILEs
`,
  expr: `Usage: expr EXPRESSION

Print the value of EXPRESSION

EXPRESSION may be:
\tARG1 | ARG2\tARG1 if it is neither null nor 0, otherwise ARG2
\tARG1 & ARG2\tARG1 if neither argument is null or 0, otherwise 0
\tARG1 < ARG2\t1 if ARG1 is less than ARG2, else 0. Similarly:
\tARG1 <= ARG2
\tARG1 = ARG2
\tARG1 != ARG2
\tARG1 >= ARG2
\tARG1 > ARG2
\tARG1 + ARG2\tSum of ARG1 and ARG2. Similarly:
\tARG1 - ARG2
\tARG1 * ARG2
\tARG1 / ARG2
\tARG1 % ARG2
\tSTRING : REGEXP\t\tAnchored pattern match of REGEXP in STRING
\tmatch STRING REGEXP\tSame as STRING : REGEXP
\tsubstr STRING POS LEN\tSubstring of STRING, POS counts from 1
\tindex STRING CHARS\tIndex in STRING where any CHARS is found, or 0
\tlength STRING\t\tLength of STRING
\tquote TOKEN\t\tInterpret TOKEN as a string, even if
\t\t\t\tit is a keyword like 'match' or an
\t\t\t\toperator like '/'
\t(EXPRESSION)\t\tValue of EXPRESSION

Beware that many operators need to be escaped or quoted for shells.
Comparisons are arithmetic if both ARGs are numbers, else
lexicographical. Pattern matches return the string matched between
\\( and \\) or null; if \\( and \\) are not used, they return the number
of characters matched or 0.
`,
  md5sum: `Usage: md5sum [-c[sw]] [FILE]...

Print or check MD5 checksums

\t-c\tCheck sums against list in FILEs
\t-s\tDon't output anything, status code shows success
\t-w\tWarn about improperly formatted checksum lines
`,
  which: `Usage: which [-a] COMMAND...

Locate COMMAND

\t-a\tShow all matches
`,
} as const;

export type BusyboxUsage = keyof typeof usages;

/** A call that the tool cannot read: why, where it says so, and how it is used. */
export const fileUsage = (tool: BusyboxUsage, problem = ''): ToolOutput =>
  failed(1, problem + busyboxUsage(usages[tool]));
