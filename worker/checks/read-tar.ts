import { createTarDecoder } from "modern-tar";
import type { ArchiveEntry } from "../../core/domain/hosting/archive-entry.ts";
import { finding } from "../../core/domain/hosting/check.ts";
import type { Bytes } from "./bytes.ts";
import { Unreadable } from "./limits.ts";

/** An entry and its bytes, which are read before the next one is asked for. */
export type Member = { entry: ArchiveEntry; content: Bytes };

/**
 * The entries of a tar, in order.
 *
 * @throws Unreadable a header is damaged, or the end is missing
 */
export async function* readTar(bytes: Bytes): AsyncGenerator<Member> {
  const source: { fault?: unknown } = {};
  const decoder = createTarDecoder({ strict: true });
  try {
    for await (const { header, body } of ReadableStream.from(watched(bytes, source)).pipeThrough(decoder)) {
      yield {
        entry: {
          path: header.name,
          type: typeOf(header.type),
          mode: (header.mode ?? 0) & 0o7777,
          sizeBytes: header.size,
          target: header.linkname ?? "",
        },
        content: body,
      };
    }
  } catch (fault) {
    if (fault instanceof Unreadable) throw fault;
    if (source.fault !== undefined) throw source.fault;
    const isCutOff = fault instanceof Error && fault.message.includes("truncated");
    throw new Unreadable(finding(isCutOff ? "file-truncated" : "file-damaged"), fault);
  }
}

/** Remembers by what fault the bytes end: the decoder tells its own. */
async function* watched(bytes: Bytes, source: { fault?: unknown }): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (fault) {
    source.fault = fault;
    throw fault;
  }
}

function typeOf(type = "file"): ArchiveEntry["type"] {
  if (type === "directory") return "folder";
  if (type === "symlink") return "symlink";
  if (type === "link") return "hard-link";
  return type === "character-device" || type === "block-device" || type === "fifo" ? "device" : "file";
}
