import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { packTar, type TarHeader } from "modern-tar";
import { loadEndOfLife } from "../../config/end-of-life.ts";
import { type ApplicationFileKind, type CheckResult, resultsOf } from "../../core/domain/hosting/check.ts";
import { type Limits, usualLimits } from "../../worker/checks/limits.ts";
import { look } from "../../worker/checks/look.ts";

/** A member of an archive that a test makes. What is left out is as a usual program writes it. */
export type TestMember = {
  path: string;
  content?: string | Uint8Array;
  mode?: number;
  type?: NonNullable<TarHeader["type"]>;
  target?: string;
};

/** What a zip may lie about. */
export type ZipLies = {
  crc?: number;
  sizeBytes?: number;
  localName?: string;
  flags?: number;
  method?: number;
  /** The bytes of the member before are used again. */
  isShared?: boolean;
};

export function zipOf(members: readonly (TestMember & ZipLies)[]): Buffer {
  const bodies: Buffer[] = [];
  const listing: Buffer[] = [];
  let offset = 0;
  let before = 0;
  for (const { path, content = "", mode = 0o644, type, target, ...lies } of members) {
    const data = Buffer.from(target ?? content);
    const packed = lies.method === 0 ? data : deflateRawSync(data);
    const at = lies.isShared ? before : offset;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(lies.flags ?? 0x800, 2);
    fields.writeUInt16LE(lies.method ?? 8, 4);
    fields.writeUInt32LE(lies.crc ?? crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(lies.sizeBytes ?? data.length, 18);
    const name = Buffer.from(path);
    const localName = Buffer.from(lies.localName ?? path);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), withLength(fields, localName), localName, packed]);
    if (!lies.isShared) bodies.push(body);
    const attributes = Buffer.alloc(14);
    attributes.writeUInt32LE(((type === "symlink" ? 0o120000 : 0o100000) | mode) * 0x10000, 6);
    attributes.writeUInt32LE(at, 10);
    listing.push(Buffer.from("PK\x01\x02"), Buffer.from([20, 3]), withLength(fields, name), attributes, name);
    before = at;
    if (!lies.isShared) offset += body.length;
  }
  const directory = Buffer.concat(listing);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length & 0xffff, 8);
  end.writeUInt16LE(members.length & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}

function withLength(fields: Buffer, name: Buffer): Buffer {
  const copy = Buffer.from(fields);
  copy.writeUInt16LE(name.length, 22);
  return copy;
}

export async function tarOf(members: readonly TestMember[]): Promise<Buffer> {
  const entries = members.map(({ path, content = "", mode, type = "file", target }) => {
    const body = Buffer.from(content);
    const header: TarHeader = {
      name: path,
      size: body.length,
      type,
      mode: mode ?? (type === "directory" ? 0o755 : 0o644),
    };
    return { header: target === undefined ? header : { ...header, linkname: target }, body };
  });
  return Buffer.from(await packTar(entries));
}

export const checkedAt = new Date("2026-11-28T00:00:00Z");
export const endOfLife = loadEndOfLife();

/** All checks but that for malware, as if the scanner had found nothing. */
export async function lookAt(
  kind: ApplicationFileKind | undefined,
  bytes: Uint8Array,
  limits: Partial<Limits> = {},
): Promise<CheckResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "checks-"));
  const path = join(folder, "file");
  writeFileSync(path, bytes);
  const descriptor = openSync(path, "r");
  try {
    const job = {
      ...(kind === undefined ? {} : { kind }),
      limits: { ...usualLimits, ...limits },
      table: [...endOfLife],
      now: checkedAt.toISOString(),
    };
    const looked = await look(descriptor, job);
    return resultsOf(looked.kind, looked.found);
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
}

/** "check: code", of what failed or was not checked. */
export function troubles(results: readonly CheckResult[]): string[] {
  return results.flatMap(({ check, result, findings }) => {
    return result === "passed" ? [] : findings.slice(0, 1).map(({ code }) => `${check}: ${code}`);
  });
}

/** "code" of all findings of one check, notes too. */
export function codesOf(results: readonly CheckResult[], check: CheckResult["check"]): string[] {
  return results.find((each) => each.check === check)?.findings.map(({ code }) => code) ?? [];
}
