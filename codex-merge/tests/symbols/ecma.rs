//! TypeScript and JavaScript.

use super::check;

#[test]
fn functions_and_their_arity() {
    check(
        "a.ts",
        "
function a(this: Window, b: number, c?: string, d = 1, ...e: any[]): void {}
function* f({ g, h }: I, [j]: K) {}
async function l(m = 1, n) {}
function o(p: string): void;
const q = r => r;
const s = function t(u, v) {};
let w = async () => {};
",
        "
1 function a(1+2 *)
2 function f(2)
3 function l(2)
4 function o(1)
5 function q(1)
6 function s(2)
7 function w(0)
1 -> type Window in a
2 -> type I in f
2 -> type K in f
5 -> read r in q
",
    );
    check(
        "a.js",
        "
function a(b, { c }, [d] = e, ...f) {}
const g = (h = 1, i) => h;
const j = k => k;
",
        "
1 function a(2+1 *)
2 function g(2)
3 function j(1)
1 -> read e in a
2 -> read h in g
3 -> read k in j
",
    );
}

#[test]
fn variables() {
    check(
        "a.ts",
        "
const a = 1;
let b: number, c;
var d = a;
const { e, f: g, h: { i }, j = k(), ...l } = m;
const [n, , o] = p;
if (q) { const r = 1; let s = 2; }
function t() { const u = 1; }
for (let v = 0; v < 1; v++) {}
for (const w of x) {}
",
        "
1 constant a
2 variable b
2 variable c
3 variable d
4 constant e
4 constant g
4 constant i
4 constant j
4 constant l
5 constant n
5 constant o
7 function t(0)
3 -> read a in d
4 -> call k(0)
4 -> read m
5 -> read p
6 -> read q
8 -> read v
8 -> read v
9 -> read x
",
    );
}

#[test]
fn classes() {
    check(
        "a.ts",
        "
abstract class A<T extends B> extends c.D<T> implements E, F.G {
  static readonly a = 1;
  private b?: string;
  #c = 2;
  protected constructor(private readonly d: H, e: I, public f = 1) { super(d); }
  get g(): J { return this.#c; }
  set g(value) {}
  static h(i: number) {}
  abstract j(): void;
  k = (l: number) => l;
  m(n: string): void;
  m(n: any) {}
  'o p'() {}
  [q.r]() {}
}
",
        "
1 class A
2 field A > a
3 field A > b private
4 field A > #c private
5 method A > constructor(2+1) protected
5 field A > d private
5 field A > f
6 attribute A > g
7 attribute A > g
8 singletonmethod A > h(1)
9 method A > j(0)
10 field A > k(1)
11 method A > m(1)
12 method A > m(1)
13 method A > o p(0)
14 method A > [q.r](0)
1 -> type B in A
1 -> read c in A
1 -> member c D in A
1 -> type T in A
1 -> type E in A
1 -> read F in A
1 -> type F G in A
5 -> type H in A > constructor
5 -> type I in A > constructor
5 -> call super(1) in A > constructor
5 -> read d in A > constructor
6 -> type J in A > g
6 -> member this #c in A > g
10 -> read l in A > k
",
    );
    check(
        "a.js",
        "
class A extends B(c) {
  static #d = 1;
  e = function (f) {};
  static get g() { return 1 }
  static h(...i) { return new A(...i); }
  static { j(); }
  async *k(l) { yield* m; }
}
const N = class O {};
",
        "
1 class A
2 field A > #d private
3 field A > e(1)
4 attribute A > g
5 singletonmethod A > h(0 *)
7 method A > k(1)
9 class N
1 -> call B(1) in A
1 -> read c in A
5 -> call A(?) in A > h
5 -> read i in A > h
6 -> call j(0) in A
7 -> read m in A > k
",
    );
}

#[test]
fn interfaces_and_types() {
    check(
        "a.ts",
        "
interface A extends B, C.D<E> {
  a: { inner: F };
  b?(c: G): void;
  (d: H): I;
  new (e: J): K;
  [f: string]: L;
  readonly g: M;
}
type N<T> = { h: T } & O;
type P = (q: { r: Q }) => typeof s;
function t(u: { v: number }) {}
",
        "
1 interface A
2 field A > a
3 method A > b(1)
7 field A > g
9 typealias N
9 field N > h
10 typealias P
11 function t(1)
1 -> type B in A
1 -> read C in A
1 -> type C D in A
1 -> type E in A
2 -> type F in A > a
3 -> type G in A > b
4 -> type H in A
4 -> type I in A
5 -> type J in A
5 -> type K in A
6 -> type L in A
7 -> type M in A > g
9 -> type T in N > h
9 -> type O in N
10 -> type Q in P
10 -> read s in P
",
    );
}

#[test]
fn enums_and_namespaces() {
    check(
        "a.ts",
        "
enum A { B, C = 1, 'd' }
const enum E { F }
namespace G.H { export const i = 1; const j = 2; }
declare module 'k' { export function l(m): void; }
declare global { interface N { o: P } }
import Q = R.S;
",
        "
1 enum A
1 enummember A > B
1 enummember A > C
1 enummember A > d
2 enum E
2 enummember E > F
3 namespace G > H
3 constant G > H > i exported
3 constant G > H > j
4 namespace k
4 function k > l(1) exported
5 interface N
5 field N > o
6 constant Q
5 -> type P in N > o
6 -> read R in Q
6 -> member R S in Q
",
    );
}

#[test]
fn calls() {
    check(
        "a.ts",
        "
a(1, b);
c.d.e(...f);
this.g();
super.h();
i?.j?.(1);
k!.l<M>(2);
new N(1);
new o.P;
q`r`;
s()();
(t as U).v();
",
        "
1 -> call a(2)
1 -> read b
2 -> read c
2 -> member c d
2 -> call c.d e(?)
2 -> read f
3 -> call this g(0)
4 -> call super h(0)
5 -> read i
5 -> call i j(1)
6 -> read k
6 -> call k l(1)
6 -> type M
7 -> call N(1)
8 -> read o
8 -> call o P(0)
9 -> call q(?)
10 -> call s(0)
11 -> read t
11 -> type U
11 -> call t v(0)
",
    );
}

#[test]
fn members_and_reads() {
    check(
        "a.ts",
        "
a.b.c = d;
e[f].g;
h = { i, j: k, ...l };
m++;
`n${o}`;
",
        "
1 -> read a
1 -> member a b
1 -> member a.b c
1 -> read d
2 -> read e
2 -> read f
2 -> member (..) g
3 -> read h
3 -> read i
3 -> read k
3 -> read l
4 -> read m
5 -> read o
",
    );
}

#[test]
fn types() {
    check(
        "a.ts",
        "
let a: B | C[] = d as E;
let f: G.H<I>;
const j = <K,>(l: K): l is M => true;
type N = { [O in P]: Q } | (R extends infer S ? S : T);
",
        "
1 variable a
2 variable f
3 function j(1)
4 typealias N
1 -> type B in a
1 -> type C in a
1 -> read d in a
1 -> type E in a
2 -> read G in f
2 -> type G H in f
2 -> type I in f
3 -> type K in j
3 -> read l in j
3 -> type M in j
4 -> type P in N
4 -> type Q in N
4 -> type R in N
4 -> type S in N
4 -> type T in N
",
    );
}

#[test]
fn object_literals() {
    check(
        "a.ts",
        "
const a = { b() {}, c: () => 1, get d() { return 1 }, e };
use({ f(g) {} });
",
        "
1 constant a
1 method a > b(0)
1 attribute a > d
2 method f(1)
1 -> read e in a
2 -> call use(1)
",
    );
}

#[test]
fn decorators() {
    check(
        "a.ts",
        "
@A({ b: C })
export class D {
  @E() f: G;
  @H
  i(@J() k: L) {}
}
",
        "
2 class D exported
3 field D > f
5 method D > i(1)
1 -> call A(1)
1 -> read C
3 -> call E(0) in D > f
3 -> type G in D > f
4 -> read H in D
5 -> call J(0) in D > i
5 -> type L in D > i
2 export D
",
    );
}

#[test]
fn elements() {
    check(
        "a.tsx",
        r#"
export const A = ({ b }: Props) => (
  <B.C d={e} {...f}>
    <div className="g"><H/></div>
    <my-part/>
    <>{i}</>
  </B.C>
);
"#,
        "
1 function A(1) exported
1 -> type Props in A
2 -> read B in A
2 -> member B C in A
2 -> read e in A
2 -> read f in A
3 -> read H in A
5 -> read i in A
1 export A
",
    );
    check(
        "a.jsx",
        r#"
function A() { return <B c:d="1" e={f}/>; }
"#,
        "
1 function A(0)
1 -> read B in A
1 -> read f in A
",
    );
}

#[test]
fn typescript_without_elements() {
    check(
        "a.ts",
        "
const a = <B>c;
",
        "
1 constant a
1 -> type B in a
1 -> read c in a
",
    );
}

#[test]
fn with_syntax_errors() {
    check(
        "a.ts",
        "
export class A {
  a(x) { return x.y }
}
export function b(c, ) { return 1 }
const d = ;
function e(f: ) {}
import { g } from
",
        "
1 class A exported
2 method A > a(1)
4 function b(1) exported
5 constant d
6 function e
2 -> read x in A > a
2 -> member x y in A > a
1 export A
4 export b
",
    );
}
