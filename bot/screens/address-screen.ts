/** What is shown of addresses and prefixes, beside what their actions tell. */
export type AddressScreen =
  | { kind: "prefixes"; page: number }
  | { kind: "prefix"; prefixId: number; page: number }
  /** Asks once more before it is removed. */
  | { kind: "prefix-removing"; prefixId: number }
  /** An address of a zone with its history; the page is one of the history. */
  | { kind: "address"; zoneId: number; address: string; page: number }
  /** Asks once more before it is released. */
  | { kind: "address-releasing"; rangeId: number }
  | { kind: "addresses-found"; text: string; page: number }
  /** Documented against seen, of one prefix or of all. */
  | { kind: "address-differences"; prefixId?: number; page: number }
  | { kind: "address-export" };
