import type { Db } from "../../core/db/tables.ts";
import type { Refusal } from "../../core/domain/outcome.ts";
import type { OfficeWords } from "./office-words.ts";
import { explainAddressFile } from "./refusals/address-file.ts";
import { explainAddresses } from "./refusals/addresses.ts";
import { explainAnnouncements } from "./refusals/announcements.ts";
import { explainApprovals } from "./refusals/approvals.ts";
import { explainAssetFile } from "./refusals/asset-file.ts";
import { explainAssets } from "./refusals/assets.ts";
import { explainCables } from "./refusals/cables.ts";
import { explainHosting } from "./refusals/hosting.ts";
import { explainLists } from "./refusals/lists.ts";
import { explainMonitoring } from "./refusals/monitoring.ts";
import { explainNameFile } from "./refusals/name-file.ts";
import { explainNames } from "./refusals/names.ts";
import { explainPeople } from "./refusals/people.ts";
import { explainRacks } from "./refusals/racks.ts";
import { explainRegistrations } from "./refusals/registrations.ts";
import { explainShifts } from "./refusals/shifts.ts";
import { explainTickets } from "./refusals/tickets.ts";
import { explainTyped } from "./refusals/typed.ts";
import { explainUploads } from "./refusals/uploads.ts";
import { explainVendorAccess } from "./refusals/vendor-access.ts";
import { explainWatch } from "./refusals/watch.ts";

type Explain = (db: Db, refusal: Refusal, office: OfficeWords) => string | undefined | Promise<string | undefined>;

/** Each knows the refusals about one thing. */
const parts: readonly Explain[] = [
  explainMonitoring,
  explainTyped,
  explainTickets,
  explainShifts,
  explainApprovals,
  explainPeople,
  explainRegistrations,
  explainLists,
  explainAnnouncements,
  explainAddresses,
  explainAddressFile,
  explainCables,
  explainRacks,
  explainNames,
  explainNameFile,
  explainAssets,
  explainHosting,
  explainAssetFile,
  explainUploads,
  explainVendorAccess,
  explainWatch,
];

/** Why the rules said no, and what to do: plain text, one or two sentences, with an example where something was typed. */
export async function explain(db: Db, refusal: Refusal, office: OfficeWords): Promise<string> {
  for (const part of parts) {
    const sentence = await part(db, refusal, office);
    if (sentence !== undefined) return sentence;
  }
  return "Itu tidak dapat dilakukan sekarang. Ketik /menu untuk melihat pilihan.";
}
