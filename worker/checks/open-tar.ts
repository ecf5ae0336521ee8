import { finding } from "../../core/domain/hosting/check.ts";
import { type Bytes, gunzip, peek } from "./bytes.ts";
import { formatOf } from "./file-format.ts";
import { type Budget, Unreadable } from "./limits.ts";
import { counted, headBytes, type OpenFile } from "./walk-archive.ts";

/** The bytes of a tar, also of one in gzip. @throws Unreadable it is none */
export async function openTar({ bytes }: OpenFile, budget: Budget): Promise<Bytes> {
  const { head, all } = await peek(bytes, headBytes);
  if (head.length === 0) throw new Unreadable(finding("file-empty"));
  const format = formatOf(head);
  if (format === "tar") return all;
  if (format === "gzip") {
    const inner = await peek(counted(gunzip(all), "", budget), headBytes);
    if (formatOf(inner.head) === "tar") return inner.all;
  }
  if (format === "other") throw new Unreadable(finding("format-unknown"));
  throw new Unreadable(
    finding("format-unsupported", { format: typeof format === "object" ? format.unsupported : format }),
  );
}
