import type { FileReader } from "./walk-archive.ts";

/** A line without an end, such as of a script made small, is looked at in pieces that overlap. */
const longestLine = 65_536;
const overlap = 256;

/** Bytes as lines, one character each. @param onLine with the number of the line, from 1 */
export function readLines(onLine: (line: string, number: number) => void): FileReader {
  let rest = "";
  let number = 1;
  return {
    push(chunk) {
      const lines = (rest + chunk.toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line.replace(/\r$/, ""), number++);
      if (rest.length <= longestLine) return;
      onLine(rest, number);
      rest = rest.slice(-overlap);
    },
    end() {
      if (rest !== "") onLine(rest, number);
    },
  };
}

/** All bytes of a file at its end. It is for small ones. */
export function readWhole(onEnd: (text: string) => void): FileReader {
  const chunks: Buffer[] = [];
  return { push: (chunk) => void chunks.push(chunk), end: () => onEnd(Buffer.concat(chunks).toString()) };
}

/** Each of them gets all bytes. */
export function readTogether(readers: readonly FileReader[]): FileReader {
  return {
    push: (chunk) => {
      for (const reader of readers) reader.push(chunk);
    },
    end: () => {
      for (const reader of readers) reader.end();
    },
  };
}
