/** What is shown of names, villages and other records, beside what their actions tell. */
export type NameScreen =
  | { kind: "names"; page: number }
  /** A name with its history; the page is one of the history. */
  | { kind: "name"; name: string; page: number }
  /** Asks once more before it is released. */
  | { kind: "name-releasing"; nameId: number }
  | { kind: "names-found"; text: string; page: number }
  | { kind: "name-export" }
  /** Where names were seen to lead that do not lead where they should. */
  | { kind: "name-checks"; page: number }
  | { kind: "villages"; page: number }
  | { kind: "village"; villageId: number }
  /** Asks once more before it is removed. */
  | { kind: "village-removing"; villageId: number }
  | { kind: "dns-records"; page: number }
  /** Asks once more before it is removed. */
  | { kind: "record-removing"; recordId: number };
