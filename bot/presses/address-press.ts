import { z } from "zod";
import { pressesOf } from "./presses-of.ts";

const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };
const prefix = { prefixId: z.int() };
const range = { rangeId: z.int() };

/** What the buttons of addresses do. A range is good for as long as it lasts: what comes after has another number. */
export const addressPresses = [
  z.object({ do: z.literal("prefixes"), ...paged }),
  z.object({ do: z.literal("prefix"), ...prefix, ...paged }),
  z.object({ do: z.literal("add-prefix") }),
  z.object({ do: z.literal("rename-prefix"), ...prefix }),
  z.object({ do: z.literal("ask-removing-prefix"), ...prefix }),
  z.object({ do: z.literal("remove-prefix"), ...prefix }),
  z.object({ do: z.literal("draw-prefix"), ...prefix }),
  z.object({ do: z.literal("keep-range-free"), ...prefix }),
  z.object({
    do: z.literal("give-address"),
    ...prefix,
    as: z.enum(["assigned", "reserved"]),
    /** From its page; absent: it is asked which. */
    address: z.string().optional(),
  }),
  z.object({ do: z.literal("address"), zoneId: z.int(), address: z.string(), ...paged }),
  z.object({ do: z.literal("ask-releasing-address"), ...range }),
  z.object({ do: z.literal("release-address"), ...range }),
  z.object({ do: z.literal("correct-address"), ...range }),
  z.object({ do: z.literal("use-reservation"), ...range }),
  z.object({ do: z.literal("free-range"), ...range }),
  z.object({ do: z.literal("begin-scan"), ...prefix }),
  z.object({ do: z.literal("end-scan"), ...prefix }),
  z.object({ do: z.literal("scan-prefix"), ...prefix }),
  /** Without a prefix: of all. */
  z.object({ do: z.literal("address-differences"), prefixId: z.int().optional(), ...paged }),
  z.object({ do: z.literal("find-address") }),
  z.object({ do: z.literal("send-address-file") }),
  z.object({ do: z.literal("import-addresses"), importId: z.int() }),
  z.object({ do: z.literal("discard-address-import"), importId: z.int() }),
  z.object({ do: z.literal("export-addresses") }),
  z.object({ do: z.literal("addresses-found"), text: z.string(), ...paged }),
] as const;

export type AddressPress = z.infer<(typeof addressPresses)[number]>;

export const isAddressPress = pressesOf(addressPresses);
