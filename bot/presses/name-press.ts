import { z } from "zod";
import { ministryStates } from "../../core/domain/names/ministry-steps.ts";
import { pressesOf } from "./presses-of.ts";

const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };
/** A row of a name is good for as long as it lasts: what comes after has another number. */
const row = { nameId: z.int() };
const village = { villageId: z.int() };

/** What the buttons of names, villages and other records do. */
export const namePresses = [
  z.object({ do: z.literal("names"), ...paged }),
  z.object({ do: z.literal("name"), name: z.string(), ...paged }),
  z.object({ do: z.literal("names-found"), text: z.string(), ...paged }),
  z.object({ do: z.literal("find-name") }),
  z.object({ do: z.literal("give-name"), as: z.enum(["in-use", "reserved"]), villageId: z.int().optional() }),
  z.object({ do: z.literal("point-name"), ...row }),
  z.object({ do: z.literal("ask-releasing-name"), ...row }),
  z.object({ do: z.literal("release-name"), ...row }),
  z.object({ do: z.literal("use-name"), ...row }),
  z.object({ do: z.literal("free-name"), ...row }),
  z.object({ do: z.literal("note-ministry"), ...village, name: z.string(), state: z.enum(ministryStates) }),
  z.object({ do: z.literal("villages"), ...paged }),
  z.object({ do: z.literal("village"), ...village }),
  z.object({ do: z.literal("add-village") }),
  z.object({ do: z.literal("ask-removing-village"), ...village }),
  z.object({ do: z.literal("remove-village"), ...village }),
  z.object({ do: z.literal("dns-records"), ...paged }),
  z.object({ do: z.literal("add-record") }),
  z.object({ do: z.literal("ask-removing-record"), recordId: z.int() }),
  z.object({ do: z.literal("remove-record"), recordId: z.int() }),
  z.object({ do: z.literal("name-checks"), ...paged }),
  z.object({ do: z.literal("check-names") }),
  z.object({ do: z.literal("send-name-file") }),
  z.object({ do: z.literal("import-names"), importId: z.int() }),
  z.object({ do: z.literal("discard-name-import"), importId: z.int() }),
  z.object({ do: z.literal("export-names") }),
] as const;

export type NamePress = z.infer<(typeof namePresses)[number]>;

export const isNamePress = pressesOf(namePresses);
