import { createHash } from "node:crypto";
import { z } from "zod";

/** Follows all other members of an archive: what it is, and their sizes and hashes. */
export const manifestName = "manifest.json";
/** The last member: the manifest's own hash, as `sha256sum -c` takes it. */
export const manifestHashName = "manifest.json.sha256";

/** Letters, digits and a few signs, from the archive's top on and never above it. */
const memberPath = z
  .string()
  .max(255)
  .regex(/^[\w.@+-]+(\/[\w.@+-]+)*$/)
  .refine((path) => !path.split("/").some((part) => part === "." || part === ".."));

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const version = z.string().regex(/^\d+(\.\d+)*/);

const member = z.strictObject({ path: memberPath, sizeBytes: z.int().min(0), sha256 });

export const manifest = z.strictObject({
  format: z.literal("simpul-backup"),
  version: z.literal(1),
  /** ISO 8601 in UTC */
  madeAt: z.iso.datetime(),
  profile: z.string().regex(/^[a-z0-9-]+$/),
  purpose: z.enum(["playground", "telegram"]),
  installation: z.uuid(),
  database: z.discriminatedUnion("kind", [
    /** the data directory below `postgres/` */
    z.strictObject({ kind: z.literal("embedded"), server: version }),
    /** `database.dump`, in pg_dump's custom format */
    z.strictObject({ kind: z.literal("dump"), server: version, pgDump: version }),
  ]),
  /** Rows in the journal's chain when the backup began, and their head: what is restored begins with them. */
  journal: z.strictObject({ number: z.int().min(0), hash: sha256 }),
  /** Those that hold no file have to be there too. */
  folders: z.array(memberPath),
  members: z.array(member),
});

export type Manifest = z.infer<typeof manifest>;
export type Member = z.infer<typeof member>;

export function manifestHash(text: Buffer): string {
  return `${createHash("sha256").update(text).digest("hex")}  ${manifestName}\n`;
}

export function isMemberPath(path: string): boolean {
  return memberPath.safeParse(path).success;
}
