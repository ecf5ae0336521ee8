import { StringDecoder } from "node:string_decoder";

/** A file that is no list of lines would otherwise be read into memory as a whole. */
export class LineTooLong extends Error {
  override name = "LineTooLong";
}

/**
 * The lines of a text in UTF-8, without their line feeds; the last one also where it has none.
 *
 * @param longest in UTF-16 code units
 * @throws LineTooLong
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield short(line, longest);
    short(rest, longest);
  }
  rest += decoder.end();
  if (rest !== "") yield short(rest, longest);
}

function short(line: string, longest: number): string {
  if (line.length > longest) throw new LineTooLong(`it is longer than ${longest} characters`);
  return line;
}
