import { describe, expect, it } from "vitest";
import { missingPackages } from "../../../../core/domain/hosting/checks/packages.ts";

const files = (texts: Record<string, string>, paths: string[] = []) => ({
  paths: new Set([...Object.keys(texts), ...paths]),
  texts: new Map(Object.entries(texts)),
});
const node = { "package.json": '{"dependencies":{"express":"^5"}}' };
const php = { "composer.json": '{"require":{"php":">=8.2","ext-pdo":"*","laravel/framework":"^12"}}' };

describe("the packages that an application names", () => {
  it.each([
    ["Node.js without node_modules", files(node), ["Node.js"]],
    ["Node.js with node_modules", files(node, ["node_modules/express/index.js"]), []],
    ["Node.js without dependencies", files({ "package.json": "{}" }), []],
    ["PHP without vendor", files(php), ["PHP"]],
    ["PHP with vendor", files(php, ["vendor/autoload.php"]), []],
    ["PHP that needs extensions only", files({ "composer.json": '{"require":{"php":"8","ext-pdo":"*"}}' }), []],
    ["a listing that is no JSON", files({ "package.json": "{" }), []],
  ])("are missing or not: %s", (_, given, expected) => {
    expect(missingPackages(given).map(({ values }) => values.product)).toEqual(expected);
  });
});
