import { describe, expect, it } from "vitest";
import { distance, nearest } from "../../../../core/domain/people/nearest.ts";

describe("the distance between two texts", () => {
  it.each<[string, string, number]>([
    ["", "", 0],
    ["dinkes", "dinkes", 0],
    ["dinkes", "", 6],
    ["dinkes", "dinkas", 1],
    ["dinkes", "dinke", 1],
    ["dinkes", "dinskes", 1],
    ["kitten", "sitting", 3],
  ])("%j and %j: %i changes", (one, other, changes) => {
    expect(distance(one, other)).toBe(changes);
    expect(distance(other, one)).toBe(changes);
  });
});

describe("the nearest of several", () => {
  const codes = ["Dinkes", "Dinsos", "Kec. Aek Kuo"];
  it.each<[string, string | undefined]>([
    ["dinkes", "Dinkes"],
    ["Dinkess", "Dinkes"],
    ["DINSOSS", "Dinsos"],
    ["Kec Aek Kuo", "Kec. Aek Kuo"],
    ["Satpol PP", undefined],
  ])("%j is meant as %j", (typed, expected) => {
    expect(nearest(typed, codes)).toBe(expected);
  });

  it("is none of none", () => {
    expect(nearest("Dinkes", [])).toBeUndefined();
  });
});
