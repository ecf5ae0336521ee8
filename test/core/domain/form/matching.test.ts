import { describe, expect, it } from "vitest";
import { choicesLike, matchesOf } from "../../../../core/domain/form/matching.ts";

const offices = {
  Dinkes: "Dinas Kesehatan",
  Disdik: "Dinas Pendidikan",
  Disdukcapil: "Dinas Kependudukan dan Pencatatan Sipil",
  "Kec. Aek Kuo": "Kecamatan Aek Kuo",
  Kec: "Kecamatan",
};

describe("what was typed of many choices", () => {
  it.each<[string, string[]]>([
    ["Dinkes", ["Dinkes"]],
    ["  dinas   kesehatan ", ["Dinkes"]],
    ["kesehatan", ["Dinkes"]],
    ["sipil pencatatan", ["Disdukcapil"]],
    ["dinas", ["Dinkes", "Disdik", "Disdukcapil"]],
    ["disd", ["Disdik", "Disdukcapil"]],
    ["aek", ["Kec. Aek Kuo"]],
    // What is called exactly so wins over what only begins so.
    ["kecamatan", ["Kec"]],
    ["kebersihan", []],
    ["dinas kebersihan", []],
    ["", []],
    ["   ", []],
  ])("%j means %j", (typed, expected) => {
    expect(matchesOf(typed, offices)).toEqual(expected);
  });
});

describe("what was typed with slips", () => {
  it.each<[string, string[]]>([
    ["Dinkess", ["Dinkes"]],
    ["dinas kesehatn", ["Dinkes"]],
    ["kec aik kuo", ["Kec. Aek Kuo"]],
    // The likeliest first.
    ["dins pendidikan", ["Disdik"]],
    ["kesehatan", ["Dinkes"]],
    ["kebersihan", []],
    ["?", []],
  ])("%j is like %j", (typed, expected) => {
    expect(choicesLike(typed, offices)).toEqual(expected);
  });
});
