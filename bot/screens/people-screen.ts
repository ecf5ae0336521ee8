/** What is shown of the people register, beside what is told of it. */
export type PeopleScreen =
  | { kind: "people"; search: string; page: number }
  | { kind: "person"; personId: number }
  | { kind: "roles-of"; personId: number }
  | { kind: "link-code"; personId: number; code: string }
  | { kind: "poster"; officeId: number }
  /** Asks once more before the posters that hang become void. */
  | { kind: "new-poster"; officeId: number }
  | { kind: "substitutions"; forPersonId: number }
  | { kind: "registration-cancelled" };
