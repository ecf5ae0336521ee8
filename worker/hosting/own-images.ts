import { listImagesOfNoOther } from "../../core/db/hosting/application-revisions.ts";
import type { Db } from "../../core/db/tables.ts";
import { type HostingRules, imagesOfProfile } from "../../core/domain/hosting/hosting-rules.ts";

/** The images of an application alone, which go with it. What the profile names is others', too. */
export async function ownImages(
  applicationId: number,
  { db, hosting }: { db: Db; hosting: HostingRules },
): Promise<string[]> {
  const shared = imagesOfProfile(hosting);
  const images = await listImagesOfNoOther(db, applicationId);
  return images.filter((image) => !shared.has(image));
}
