//! Imports and exports of TypeScript and JavaScript.

use super::check;

#[test]
fn imports() {
    check(
        "a.ts",
        r#"
import a, { b, c as d } from './a';
import * as e from "e";
import './f';
import type { G } from './g';
import { type H, default as i } from './h';
import j = require('j');
import type K from 'k';
import {} from 'l';
"#,
        "
1 import ./a: default as a, b, c as d
2 import e: * as e
3 sideeffect ./f
4 typeimport ./g: type G
5 import ./h: type H, default as i
6 require j: * as j
7 typeimport k: type default as K
8 import l
",
    );
}

#[test]
fn loads_by_calls() {
    check(
        "a.ts",
        "
const a = await import('./a');
const { b, c: d } = await import(`./b`);
import('./e').then(use);
const f = require('f'), { g } = require('g').h;
const i = require('i')(j);
import(k);
function l() { const m = require('m'); }
",
        "
5 constant i
7 function l(0)
3 -> call (..) then(1)
3 -> read use
5 -> read j in i
6 -> call import(1)
6 -> read k
1 dynamic ./a: * as a
2 dynamic ./b: b, c as d
3 dynamic ./e
4 require f: * as f
4 require g: h as g
5 require i
7 require m: * as m
",
    );
}

#[test]
fn exports() {
    check(
        "a.ts",
        "
export const a = 1, b = 2;
export function c() {}
export default class D {}
const e = 1, f = 2;
export { e, f as g };
export type { H };
export interface I {}
export declare const j: number;
",
        "
1 constant a exported
1 constant b exported
2 function c(0) exported
3 class D exported
4 constant e exported
4 constant f exported
7 interface I exported
8 constant j exported
1 export a
1 export b
2 export c
3 export default = D
5 export e
5 export g = f
6 export type H
7 export I
8 export j
",
    );
}

#[test]
fn exports_from_elsewhere() {
    check(
        "a.ts",
        "
export { a, b as c, type D } from './a';
export * from './b';
export * as e from './c';
export { default } from './d';
export type { F } from './f';
",
        "
1 reexport ./a: a, b as c, type D
2 reexport ./b: *
3 reexport ./c: * as e
4 reexport ./d: default
5 reexport ./f: type F
1 export a from elsewhere
1 export c from elsewhere
1 export type D from elsewhere
3 export e from elsewhere
4 export default from elsewhere
5 export type F from elsewhere
",
    );
}

#[test]
fn default_exports_without_a_name() {
    check(
        "a.ts",
        "
export default (a: number, b = 1) => a;
",
        "
1 function default(1+1) exported
1 -> read a in default
1 export default
",
    );
}

#[test]
fn default_exports_of_a_name() {
    check(
        "a.ts",
        "
const a = 1;
export default a;
",
        "
1 constant a exported
2 export default = a
",
    );
}

#[test]
fn default_exports_of_objects() {
    check(
        "a.js",
        "
export default { name: 'x', data() { return y } };
",
        "
1 constant default exported
1 method default > data(0)
1 -> read y in default > data
1 export default
",
    );
}

#[test]
fn the_whole_export() {
    check(
        "a.ts",
        "
function a() {}
export = a;
",
        "
1 function a(0) exported
2 export export= = a
",
    );
}

#[test]
fn common_js() {
    check(
        "a.js",
        "
const { a, b: c } = require('./a');
module.exports = { a, d: c, e: (f) => f, g: 1, h() { return i }, ...j, k };
",
        "
2 function e(1) exported
2 constant g exported
2 method h(0) exported
2 -> read f in e
2 -> read i in h
2 -> read j
1 require ./a: a, b as c
2 export a
2 export d = c
2 export e
2 export g
2 export h
2 export k
",
    );
}

#[test]
fn common_js_by_name() {
    check(
        "a.cjs",
        "
function a() {}
exports.a = a;
exports.b = (c) => c;
module.exports.d = class {};
exports.e.f = 1;
function g() { exports.h = 1; }
",
        "
1 function a(0) exported
3 function b(1) exported
4 class d exported
6 function g(0)
3 -> read c in b
5 -> read exports
5 -> member exports e
5 -> member exports.e f
6 -> read exports in g
6 -> member exports h in g
2 export a
3 export b
4 export d
",
    );
}

#[test]
fn common_js_as_a_whole() {
    check(
        "a.js",
        "
class A {}
module.exports = A;
",
        "
1 class A exported
2 export export= = A
",
    );
}
