import { createHmac } from "node:crypto";
import { canonical } from "./canonical.ts";
import type { HostingRuntime } from "./hosting-rules.ts";

/** The label by which an image that was made is found again. */
export const madeLabel = "simpul.made";

/** What an image is made of: the files of an archive, put into a folder of another image. */
export type MadeImage = {
  /** by digest or ID */
  base: string;
  folder: string;
  /** whose the files are */
  user: { uid: number; gid: number };
  /** Folders that are there, whether the archive has them or not: a volume takes over whose they are. */
  kept: readonly string[];
};

/** @returns undefined: by that runtime an image is handed in */
export function madeImageOf({ made, user, kept }: HostingRuntime): MadeImage | undefined {
  if (made === undefined) return undefined;
  const [uid = 0, gid = 0] = user.split(":").map(Number);
  return { base: made.image, folder: made.folder, user: { uid, gid }, kept: kept.map(({ folder }) => folder) };
}

/**
 * The same for the same archive and runtime. Only we can say it: an image that is handed in has whatever labels it likes.
 *
 * @param archive its SHA-256
 */
export function recipeOf({ base, folder, user, kept }: MadeImage, archive: string, passphrase: string): string {
  const made = canonical({ archive, base, folder, user: { ...user }, kept: [...kept] });
  return createHmac("sha256", passphrase).update("simpul made image\0").update(made).digest("hex");
}
