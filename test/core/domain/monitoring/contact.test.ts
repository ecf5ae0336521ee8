import { expect, test } from "vitest";
import { personInContact } from "../../../../core/domain/monitoring/contact.ts";

const people = ["Rina Wulandari", "Siti Aminah", "Siti", "Ali Siregar", "Ali Siregar, S.Kom"].map((name) => ({ name }));

test.each([
  ["Rina Wulandari, 0812-3456-7890", "Rina Wulandari"],
  ["rina 081234567890", "Rina Wulandari"],
  ["Wulandari, Rina", "Rina Wulandari"],
  ["Siti 0812", "Siti"],
  ["Ali Siregar 0812", "Ali Siregar"],
  ["Ali 0812", undefined],
  ["Bpk. Kepala Tata Usaha 0812", undefined],
  ["0812-3456-7890", undefined],
])("%s is %s", (contact, name) => {
  expect(personInContact(contact, people)?.name).toBe(name);
});
