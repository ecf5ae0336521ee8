import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPasswords } from "../../../../core/domain/hosting/checks/default-passwords.ts";
import { makerOf, readDump } from "../../../../core/domain/hosting/checks/sql-dump.ts";
import { type Dialect, SqlScanner } from "../../../../core/domain/hosting/checks/sql-scanner.ts";
import { cleanDump } from "../../../support/applications.ts";

type Event = readonly [kind: string, text: string, line: number];

function eventsOf(dialect: Dialect, pieces: readonly string[]): { events: Event[]; isBetween: boolean } {
  const events: Event[] = [];
  const keep = (kind: string) => (text: string, line: number) => void events.push([kind, text, line]);
  const scanner = new SqlScanner(dialect, {
    statement: keep("statement"),
    literal: keep("literal"),
    comment: keep("comment"),
    row: keep("row"),
    ambiguous: (line) => void events.push(["ambiguous", "", line]),
  });
  for (const piece of pieces) scanner.push(piece);
  return { isBetween: scanner.end(), events };
}

const tokens = [
  "'",
  '"',
  "`",
  "\\",
  "--",
  "-- ",
  "#",
  "\n",
  ";",
  "/*",
  "*/",
  "/*!50001 ",
  "/*M!",
  "$$",
  "$a$",
  "$",
  "a",
  " ",
  "COPY t FROM stdin;\n",
  "\\.",
  "\\.\n",
  "GRANT",
  "E'",
  "DELIMITER ",
  "1",
];

describe("statements, texts and comments", () => {
  test.each(["mysql", "postgresql"] as const)("%s: are the same in whatever pieces the text comes", (dialect) => {
    const text = fc.array(fc.constantFrom(...tokens), { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(30), { minLength: 1, maxLength: 20 }), (whole, lengths) => {
        const pieces: string[] = [];
        let rest = whole;
        for (const length of lengths) {
          pieces.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        expect(eventsOf(dialect, [...pieces, rest])).toEqual(eventsOf(dialect, [whole]));
      }),
      { numRuns: 400 },
    );
  });

  // biome-ignore format: a table
  test.each<[Dialect, string, string[]]>([
    ["mysql", "INSERT INTO t VALUES (1,'it''s; \\'x\\' -- y');\nUSE b;", ["INSERT INTO t VALUES (1,'')", "USE b"]],
    ["mysql", "SELECT 5--3; USE b;", ["SELECT 5--3", "USE b"]],
    ["mysql", "SELECT 1 -- '; \n; USE b;", ["SELECT 1", "USE b"]],
    ["mysql", "SELECT 1 # '; \n; USE b;", ["SELECT 1", "USE b"]],
    ["mysql", "#\nUSE b;#", ["USE b"]],
    ["mysql", "/* ' */ /*!50001 USE b */;", ["USE b"]],
    ["mysql", 'SELECT "it\\"s;", `a;b`;', ["SELECT '', a;b"]],
    ["postgresql", "SELECT '\\'; DROP DATABASE x; --'", ["SELECT ''", "DROP DATABASE x"]],
    ["postgresql", "SELECT E'\\'; DROP DATABASE x; --';", ["SELECT E''"]],
    ["postgresql", "SELECT 1--'\n; SELECT a#>b;", ["SELECT 1", "SELECT a#>b"]],
    ["postgresql", "/* /* */ ' */ SELECT 1; --'", ["SELECT 1"]],
    ["postgresql", "DO $a$ it's $b$; GRANT x; $a$; SELECT '$a$';", ["it", "DO", "SELECT ''"]],
    ["postgresql", "DO $$ BEGIN GRANT x; END $$; SELECT 1;", ["BEGIN GRANT x", "END", "DO", "SELECT 1"]],
    ["postgresql", "COPY t (a) FROM stdin;\nGRANT x;\n\\.\nSELECT 1;", ["COPY t (a) FROM stdin", "SELECT 1"]],
  ])("%s: %s", (dialect, text, expected) => {
    const statements = eventsOf(dialect, [text]).events.filter(([kind]) => kind === "statement");
    expect(statements.map(([, shown]) => shown.replaceAll(/\s+/g, " "))).toEqual(expected);
  });

  test("the line is that on which a statement begins", () => {
    const { events } = eventsOf("mysql", ["-- a\n\nSELECT\n 1;\n\n  USE b;"]);
    expect(events.filter(([kind]) => kind === "statement").map(([, , line]) => line)).toEqual([3, 6]);
  });

  test("a statement without end is looked at in pieces that know how it begins", () => {
    const { events } = eventsOf("mysql", [
      "INSERT INTO t VALUES ",
      ...Array.from({ length: 400 }, () => "(1,2),".repeat(100)),
      "(1);",
    ]);
    expect(events.length).toBeGreaterThan(2);
    expect(events.every(([, text]) => text.startsWith("INSERT INTO t") && text.length < 70_000)).toBe(true);
  });
});

const mariadb = "-- MariaDB dump 10.19-11.4.2-MariaDB, for debian-linux-gnu (x86_64)\n";
const postgresql =
  "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.6\n-- Dumped by pg_dump version 15.6\n\n";

describe("who made a dump", () => {
  // biome-ignore format: a table
  test.each([
    [cleanDump, { product: "mariadb", tool: "mariadb-dump", version: "10.19", server: "10.11.6" }],
    [mariadb, { product: "mariadb", tool: "mariadb-dump", version: "10.19", server: "" }],
    ["-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n", { product: "mysql", tool: "mysqldump", version: "10.13", server: "8.0.36" }],
    [postgresql, { product: "postgresql", tool: "pg_dump", version: "15.6", server: "15.6" }],
    ["-- phpMyAdmin SQL Dump\n-- version 5.2.1\n-- Server version: 10.4.32-MariaDB\n", { product: "mariadb", tool: "phpMyAdmin", version: "5.2.1", server: "10.4.32" }],
    ["-- Adminer 4.8.1 PostgreSQL 14 dump\n", { product: "postgresql", tool: "Adminer", version: "4.8.1", server: "" }],
    ["-- HeidiSQL Version:  12.6.0.6765\n", { product: "mysql", tool: "HeidiSQL", version: "12.6.0.6765", server: "" }],
  ])("%s", (text, expected) => {
    expect(makerOf(text)).toEqual(expected);
  });

  test("is not told by SQL that somebody wrote", () => {
    expect(makerOf("CREATE TABLE t (a int);")).toBeUndefined();
  });
});

function codesIn(head: string, body: string): string[] {
  const maker = makerOf(head);
  if (maker === undefined) throw new Error("no dump");
  const dump = readDump(maker);
  dump.push(head + body);
  return [...new Set(dump.end().map(({ code }) => code))];
}

const pgEnd = "\n--\n-- PostgreSQL database dump complete\n--\n";

describe("what has no place in a dump", () => {
  // biome-ignore format: a table
  test.each([
    ["COPY t FROM PROGRAM 'id';", ["runs-program"]],
    ["COPY t TO '/tmp/x';", ["reads-server-files"]],
    ["SELECT pg_read_file('/etc/passwd');", ["reads-server-files"]],
    ["CREATE FUNCTION f() RETURNS int AS 'x.so', 'f' LANGUAGE C;", ["loads-native-code"]],
    ["CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE 'plpython3u' AS $$ import os $$;", ["loads-native-code"]],
    ["LOAD 'x';", ["loads-native-code"]],
    ["CREATE EXTENSION IF NOT EXISTS dblink;", ["reaches-out"]],
    ["CREATE SERVER s FOREIGN DATA WRAPPER w;", ["reaches-out"]],
    ["CREATE ROLE x SUPERUSER;", ["changes-accounts"]],
    ["DO $x$ BEGIN GRANT ALL ON t TO x; END $x$;", ["changes-accounts"]],
    ["CREATE DATABASE x;\n\\connect x\n", ["changes-database"]],
    ["ALTER SYSTEM SET archive_command = 'id';", ["changes-server"]],
    ["\\! id\n", ["client-command"]],
    ["\\copy t from program 'id'\nSELECT 1;", ["client-command"]],
    ["SET standard_conforming_strings = off;", ["client-command"]],
    ["SET standard_conforming_strings TO no;", ["client-command"]],
    ["SELECT set_config('standard_conforming_strings', 'off', false);", ["client-command"]],
    ["\\restrict `id`\n", ["client-command"]],
    ["\\restrict abc `id`\n", ["client-command"]],
    ["-- a\r\\! id\n", ["client-command"]],
    ["SELECT \u00c3\u00a9e'\\' AS a; \\! id\n -- ';", ["client-command"]],
    ["SELECT 1 AS \u00c3\u00a9$x$;\n\\! id\n -- $x$ '\n;", ["client-command"]],
    ["COPY (SELECT 1 FROM stdin) TO STDOUT;\n\\! id\n/*\n\\.\n*/", ["client-command"]],
    ['COPY t TO STDOUT CSV FORCE QUOTE "x FROM STDIN";\n\\! id\n/*\n\\.\n*/', ["client-command"]],
    ["COPY\"t\"FROM STDIN;\n'\n\\.\n\\! id\n--'\n;", ["client-command"]],
    ["\\restrict a\n\\unrestrict a\nCOPY t FROM STDIN;\n'\n\\.\n\\! id\n--'\n;", ["client-command"]],
    ["COPY t FROM STDIN; \\! id\n\\.\n", ["client-command"]],
    ["\\restrict abc\nGRANT ALL ON t TO x;", ["changes-accounts"]],
    ["\\restrict abc\nSET statement_timeout = 0;\n\\unrestrict abc\n", []],
    ['COPY public."Surat Keluar" ("from", "to") FROM stdin;\n\\! id\n\\.\n', []],
    ["COPY t (a) FROM stdin; \r\n\\! id\r\n\\.\r\n", []],
    ["COPY public.t (a, b) FROM stdin;\nGRANT\tCOPY t FROM PROGRAM\n\\.\n", []],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;", []],
    ["COMMENT ON TABLE t IS 'CREATE ROLE x; \\! id';", []],
    ["SET standard_conforming_strings = on;", []],
    ["CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;", []],
  ])("PostgreSQL: %s", (statement, expected) => {
    expect(codesIn(postgresql, statement + pgEnd)).toEqual(expected);
  });

  // biome-ignore format: a table
  test.each([
    ["/*M!999999\\- enable the sandbox mode */ \n", []],
    ["/*!50701 SELECT ' */; GRANT ALL ON *.* TO x; -- '\n;", ["client-command"]],
    ["/*!50701 -- */; GRANT ALL ON *.* TO x;\n;", ["client-command"]],
    ["DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END ;;\nDELIMITER ;\n", []],
    ["DELIMITER $$\nSELECT 1 $$ GRANT ALL ON *.* TO x $$\nDELIMITER ;\n", ["changes-accounts"]],
    ["DELIMITER $$\nGRANT ALL ON *.* TO x $$\nDELIMITER ;\n", ["changes-accounts"]],
    ["DELIMITER ;'\nGRANT ALL ON *.* TO x ;'\n", ["client-command", "changes-accounts", "file-truncated"]],
    ["SET NAMES gbk;", ["client-command"]],
    ["SET SQL_MODE = 'NO_AUTO_VALUE_ON_ZERO';", []],
    ["SET SQL_MODE = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES';", ["client-command"]],
    ["INSERT INTO a VALUES ('GRANT ALL; LOAD_FILE(1)', \"DEFINER=x\");", []],
    ["CREATE DEFINER=`root`@`%` PROCEDURE p() SELECT 1;", ["definer"]],
    ["INSTALL PLUGIN x SONAME 'x.so';", ["loads-native-code"]],
  ])("MariaDB: %s", (statement, expected) => {
    expect(codesIn(mariadb, `${statement}\n-- Dump completed on 2026-11-28\n`)).toEqual(expected);
  });

  test("a dump of a program that ends it with no mark may be whole", () => {
    expect(codesIn("-- phpMyAdmin SQL Dump\n-- version 5.2.1\n", "COMMIT;\n")).toEqual(["dump-end-unknown"]);
    expect(codesIn("-- phpMyAdmin SQL Dump\n-- version 5.2.1\n", "INSERT INTO a VALUES ('x")).toEqual([
      "file-truncated",
    ]);
  });

  test("text that says that the dump is complete does not make it so", () => {
    expect(codesIn(mariadb, "INSERT INTO a VALUES ('\n-- Dump completed\n');\n")).toEqual(["file-truncated"]);
    expect(codesIn(mariadb, "-- Dump completed\nSELECT 1;\n")).toEqual(["file-truncated"]);
  });
});

describe("default passwords", () => {
  const found = (head: string, body: string) => {
    const maker = makerOf(head);
    if (maker === undefined) throw new Error("no dump");
    const passwords = readPasswords();
    const dump = readDump(maker, passwords);
    dump.push(head + body);
    dump.end();
    return passwords.end().map(({ code, values }) => [code, values.table, values.kind].filter(Boolean).join(" "));
  };

  // biome-ignore format: a table
  test.each([
    ["INSERT INTO `users` VALUES (1,'budi','Password');", ["default-password users plain"]],
    ["INSERT INTO `berita` VALUES (1,'Password');", []],
    ["INSERT INTO `users` VALUES (1,'admin','Administrator');", []],
    ["INSERT INTO `users` VALUES (1,'operator','operator');", ["default-password users plain"]],
    ["INSERT INTO `x` (a) VALUES ('8C6976E5B5410415BDE908BD4DEE15DFB167A9C873FC4BB8A81F6F2AB448A918');", ["default-password x hash"]],
    ["INSERT INTO `users` VALUES (1,'budi','$2y$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234');", ["salted-passwords"]],
  ])("MariaDB: %s", (statement, expected) => {
    expect(found(mariadb, statement)).toEqual(expected);
  });

  test("in the rows of PostgreSQL", () => {
    const rows =
      "COPY public.users (id, name, password) FROM stdin;\n1\tbudi\t123456\n2\tadmin\tadmin\n3\tsiti\tx\n\\.\n";
    expect(found(postgresql, rows)).toEqual([
      "default-password public.users plain",
      "default-password public.users plain",
    ]);
  });
});
