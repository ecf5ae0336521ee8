import { describe, expect, test } from "vitest";
import { type Called, findTargets, findUnwatchedOffice } from "../../../../core/domain/monitoring/find-targets.ts";

const targets: Called[] = [
  { id: 1, name: "SIMPEG", others: ["Diskominfo"] },
  { id: 2, name: "Kantor Dinkes", others: ["Dinkes", "Dinas Kesehatan"] },
  { id: 3, name: "Link Dinkes Telkom", others: ["Dinkes", "Dinas Kesehatan", "4700001-123"] },
  { id: 4, name: "Puskesmas Aek Kuo", others: ["Dinkes", "Dinas Kesehatan"] },
  { id: 5, name: "Trunk", others: [] },
  { id: 6, name: "Trunk Utara", others: [] },
];
const found = (typed: string) => findTargets(typed, targets).map(({ id }) => id);

describe("what somebody may have meant", () => {
  test.each([
    ["a name as it is", "SIMPEG", [1]],
    ["a name in small letters, with other signs", "kantor-dinkes", [2]],
    ["the whole of one name, which is a part of another", "trunk", [5]],
    ["a part of a name", "utara", [6]],
    ["words in another order", "telkom dinkes", [3]],
    ["an office, of which there are several", "dinas kesehatan", [2, 3, 4]],
    ["a circuit number", "4700001", [3]],
    ["letters that changed places", "simpge", [1]],
    ["a letter too few, and one too many", "puskesms kuoo", [4]],
    ["the likeliest first", "pusksmas", [4]],
    ["nothing that there is", "bappeda", []],
    ["a short word, that is like many", "sim", [1]],
    ["a short word with a slip", "aik", []],
    ["a short word with a slip beside another", "lnk dinkes", [3]],
    ["a part of a word beside one with a slip", "lnk telk", [3]],
    ["first what has the word in its name, then who has it elsewhere", "dinkes", [2, 3, 4]],
    ["signs alone", "?!", []],
  ])("%s", (_, typed, ids) => {
    expect(found(typed)).toEqual(ids);
  });
});

test("puts a word of the name before one that begins so, and that before what only has the letters", () => {
  const links = ["Link Aek Kanopan", "Link Radio", "Link Disdik"].map((name, at) => ({
    ...{ id: at + 1, name, others: ["Dinas Kominfo"] },
  }));
  expect(findTargets("link d", links).map(({ id }) => id)).toEqual([3, 2, 1]);
});

describe("an office of which nothing is watched", () => {
  const offices = [
    { id: 1, code: "Dinkes", name: "Dinas Kesehatan" },
    { id: 2, code: "Dinsos", name: "Dinas Sosial" },
    { id: 3, code: "Trunk", name: "Dinas Perhubungan" },
    { id: 4, code: "Distan", name: "Dinas Pertanian" },
    { id: 5, code: "BPP", name: "Balai Penyuluhan Pertanian" },
  ];
  test.each([
    ["by its code, which is like another's", "dinsos", 2],
    ["by its name", "Dinas  Sosial", 2],
    ["by a part of its name", "sosial", 2],
    ["by a part of several names", "pertanian", undefined],
    ["that has something of its own", "dinkes", undefined],
    ["whose code stands in the name of something", "trunk", undefined],
    ["that there is not", "bappeda", undefined],
    ["with a slip", "dinsoss", 2],
    ["with a slip in its name", "dinas sosal", 2],
    ["with a slip that is as near to what is watched", "dinkos", undefined],
    ["signs alone", "?!", undefined],
  ])("%s", (_, typed, id) => {
    expect(findUnwatchedOffice(typed, offices, targets)?.id).toBe(id);
  });
});
