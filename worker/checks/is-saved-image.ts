import { z } from "zod";
import { type Budget, Unreadable } from "./limits.ts";
import { openTar } from "./open-tar.ts";
import { readTar } from "./read-tar.ts";
import { counted, drain, type OpenFile } from "./walk-archive.ts";

/** What the listing of an image says of each; a site may have a `manifest.json` too, which says other things. */
const listing = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) })).min(1);
const longestListing = 65_536;

/** Whether `docker save` wrote that file. What cannot be read is no image; a look at it as an archive says why. */
export async function isSavedImage(file: OpenFile, budget: Budget): Promise<boolean> {
  try {
    for await (const { entry, content } of readTar(await openTar(file, budget))) {
      budget.takeEntries(1, entry.path);
      const bytes = counted(content, entry.path, budget);
      if (entry.path !== "manifest.json" || entry.sizeBytes > longestListing) await drain(bytes);
      else if (isListing(Buffer.concat(await Array.fromAsync(bytes)).toString("utf8"))) return true;
    }
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
  }
  return false;
}

function isListing(text: string): boolean {
  try {
    return listing.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
