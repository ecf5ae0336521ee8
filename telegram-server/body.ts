import { tooLarge } from "./refusal.ts";

/** @throws Refusal 413 where there are more than `mostBytes`; what has come until then is let go */
export async function readBody(chunks: AsyncIterable<Uint8Array> | null, mostBytes: number): Promise<Buffer> {
  if (chunks === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  // By hand, since leaving a `for await` would destroy the request, and with it the answer.
  const reader = chunks[Symbol.asyncIterator]();
  for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
    sizeBytes += next.value.length;
    if (sizeBytes > mostBytes) throw tooLarge();
    parts.push(next.value);
  }
  return Buffer.concat(parts, sizeBytes);
}
