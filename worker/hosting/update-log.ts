/** What Pulumi prints while something is built, and what failed; the newest of it, where it gets long. */
export type UpdateLog = {
  add(line: string): void;
  /** "" where nothing was printed */
  text(): string;
};

/** A file of the ticket, which is read in a chat. */
const usualMostBytes = 512 * 1024;

export function openUpdateLog(mostBytes = usualMostBytes): UpdateLog {
  const kept: string[] = [];
  let bytes = 0;
  let left = 0;
  return {
    add: (line) => {
      kept.push(line);
      bytes += sizeOf(line);
      while (bytes > mostBytes && kept.length > 1) {
        bytes -= sizeOf(kept.shift() ?? "");
        left++;
      }
    },
    text: () => [...(left === 0 ? [] : [`… ${left} earlier lines are left out`]), ...kept].join("\n"),
  };
}

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}
