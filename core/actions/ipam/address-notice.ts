export type AddressNotice =
  | { kind: "address-import"; importId: number }
  /** All that is wrong in a list of addresses, as a document. */
  | { kind: "address-import-problems"; importId: number }
  /** For whoever reserved an address: it is freed after tomorrow, or was freed by the clock. */
  | { kind: "reservation-ends-soon"; rangeId: number }
  | { kind: "reservation-ended"; rangeId: number }
  /** For infrastructure: how many addresses of a prefix were found to differ from the register, of which they did not know. */
  | { kind: "address-differences-found"; prefixId: number; unregistered: number; silent: number };
