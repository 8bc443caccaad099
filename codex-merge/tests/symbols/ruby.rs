//! Ruby.

use super::check;

#[test]
fn classes_and_modules() {
    check(
        "a.rb",
        "
module Shop
  class Order < Record::Base
    LIMIT = 10
    class Line; end
  end
  class Cart::Item
    def total; end
  end
  class ::Top
  end
end
",
        "
1 module Shop
2 class Shop > Order
3 constant Shop > Order > LIMIT
4 class Shop > Order > Line
6 class Shop > Cart > Item
7 method Shop > Cart > Item > total(0)
9 class Top
2 -> constant Record in Shop > Order
2 -> constant Record Base in Shop > Order
6 -> constant Cart in Shop > Cart > Item
",
    );
}

#[test]
fn methods_and_their_arity() {
    check(
        "a.rb",
        "
def plain; end
def all(a, (b, c), d = 1, *e, f, g:, h: 2, **i, &j); end
def forwards(...) = other(...)
def none(**nil); end
def [](at) = 1
def name=(value); end
def empty?; end
",
        "
1 method plain(0)
2 method all(3+1 * g: h?: ** &)
3 method forwards(0 * ** &)
4 method none(0)
5 method [](1)
6 method name=(1)
7 method empty?(0)
3 -> call other(?) in forwards
",
    );
}

#[test]
fn methods_of_classes() {
    check(
        "a.rb",
        "
class A
  def self.a(x); end
  def A.b; end
  def Other.c; end
  class << self
    def d; end
    attr_reader :e
    private
    def f; end
  end
  def g; end
end
class << B
  def h; end
end
",
        "
1 class A
2 singletonmethod A > a(1)
3 singletonmethod A > b(0)
4 singletonmethod A > Other > c(0)
6 singletonmethod A > d(0)
7 attribute A > e(0)
9 singletonmethod A > f(0) private
11 method A > g(0)
14 singletonmethod B > h(0)
3 -> constant A in A > b
4 -> constant Other in A > Other > c
13 -> constant B in B
",
    );
}

#[test]
fn visibility() {
    check(
        "a.rb",
        r#"
class A
  private def a; end
  def b; end
  protected
  def c; end
  attr_reader :d
  private
  def e; end
  def self.f; end
  G = 1
  public
  def h; end
  def i; end
  def j; end
  private :h, "i"
  private_class_method :f
  private_constant :G
  private attr_writer :k
end
class B
  def l; end
end
"#,
        "
1 class A
2 method A > a(0) private
3 method A > b(0)
5 method A > c(0) protected
6 attribute A > d(0) protected
8 method A > e(0) private
9 singletonmethod A > f(0) private
10 constant A > G private
12 method A > h(0) private
13 method A > i(0) private
14 method A > j(0)
18 attribute A > k=(1) private
20 class B
21 method B > l(0)
",
    );
}

#[test]
fn visibility_in_a_block_ends_with_it() {
    check(
        "a.rb",
        "
module A
  included do
    private
    def a; end
  end
  def b
    private
  end
  def c; end
end
",
        "
1 module A
4 method A > a(0) private
6 method A > b(0)
9 method A > c(0)
2 -> call included(0) in A
7 -> read private in A > b
",
    );
}

#[test]
fn constants() {
    check(
        "a.rb",
        "
A = 1
B, C::D = 2, 3
E ||= F.new
Point = Struct.new(:x) do
  def y; end
end
",
        "
1 constant A
2 constant B
2 constant C > D
3 constant E
4 constant Point
5 method Point > y(0)
2 -> constant C
3 -> constant F in E
3 -> call F new(0) in E
4 -> constant Struct in Point
4 -> call Struct new(1) in Point
",
    );
}

#[test]
fn attributes() {
    check(
        "a.rb",
        r#"
class A
  attr_accessor :a, "b"
  attr_writer(:c)
  has_many :items, -> { order(:at) }, through: :carts
  belongs_to :user
  scope :paid, -> { where(paid: true) }
  attr_reader name
  other.attr_reader :d
end
"#,
        "
1 class A
2 attribute A > a(0)
2 attribute A > a=(1)
2 attribute A > b(0)
2 attribute A > b=(1)
3 attribute A > c=(1)
4 attribute A > items
4 attribute A > items=
5 attribute A > user
5 attribute A > user=
6 attribute A > paid
4 -> call order(1) in A > items
4 -> call carts(?) in A
6 -> call where(0 paid:) in A > paid
7 -> call attr_reader(1) in A
7 -> read name in A
8 -> read other in A
8 -> call other attr_reader(1) in A
",
    );
}

#[test]
fn names_by_calls() {
    check(
        "a.rb",
        r#"
class A
  alias a b
  alias :c :d
  alias_method :e, :f
  alias $new $old
  define_method(:g) { |x, y = 1; z| go(x) }
  define_method("h#{i}") { }
  delegate :j, :k, to: :l
  delegate :m, to: :n, prefix: true
end
let(:cart) { build }
"#,
        "
1 class A
2 method A > a
3 method A > c
4 method A > e
6 method A > g(1+1)
8 method A > j
8 method A > k
11 attribute cart(0)
2 -> call b(?) in A
3 -> call d(?) in A
4 -> call f(?) in A
6 -> call go(1) in A > g
6 -> read x in A > g
7 -> call define_method(1) in A
7 -> read i in A
8 -> call l(?) in A
9 -> call delegate(1 to: prefix:) in A
9 -> call n(?) in A
11 -> read build in cart
",
    );
}

#[test]
fn methods_named_by_symbols() {
    check(
        "a.rb",
        r#"
before_action :a, only: %i[b c], if: [:d, "e"], unless: -> { f? }
rescue_from Lost, with: :g
helper_method(:h)
list.map(&:i)
x.public_send(:j, 1, 2)
send(:k, *l)
method(:m)
render :n
"#,
        "
1 -> call before_action(1 only: if: unless:)
1 -> call a(?)
1 -> call b(?)
1 -> call c(?)
1 -> call d(?)
1 -> call e(?)
1 -> call f?(0)
2 -> call rescue_from(1 with:)
2 -> constant Lost
2 -> call g(?)
3 -> call helper_method(1)
3 -> call h(?)
4 -> read list
4 -> call list map(0)
4 -> call i(?)
5 -> read x
5 -> call x public_send(3)
5 -> call x j(2)
6 -> call send(?)
6 -> call k(?)
6 -> read l
7 -> call method(1)
7 -> call m(?)
8 -> call render(1)
",
    );
}

#[test]
fn calls() {
    check(
        "a.rb",
        r#"
a
b?
c 1, "d"
e(f: 1, g => 2, **h) { |i| i.j }
k&.l(*m)
N.new(1).o
P::q(1, &r)
S(2)
t.(3)
u[v]
self.w
@x.y.z
"#,
        "
1 -> read a
2 -> call b?(0)
3 -> call c(2)
4 -> call e(0 f: ** **)
4 -> read g
4 -> read h
4 -> read i
4 -> call i j(0)
5 -> read k
5 -> call k l(?)
5 -> read m
6 -> constant N
6 -> call N new(1)
6 -> call (..) o(0)
7 -> constant P
7 -> call P q(1)
7 -> read r
8 -> call S(1)
9 -> read t
9 -> call t call(1)
10 -> read u
10 -> read v
11 -> call self w(0)
12 -> call @x y(0)
12 -> call @x.y z(0)
",
    );
}

#[test]
fn calls_that_write() {
    check(
        "a.rb",
        "
a.b = 1
c.d ||= 2
e.f, g = h
i = j
",
        "
1 -> read a
1 -> call a b=(1)
2 -> read c
2 -> call c d(0)
2 -> call c d=(1)
3 -> read e
3 -> call e f=(1)
3 -> read h
4 -> read j
",
    );
}

#[test]
fn calls_of_super() {
    check(
        "a.rb",
        "
class A < B
  def a(x)
    super
    super(x, 1)
    super()
  end
end
",
        "
1 class A
2 method A > a(1)
1 -> constant B in A
3 -> call super(?) in A > a
4 -> call super(2) in A > a
4 -> read x in A > a
5 -> call super(0) in A > a
",
    );
}

#[test]
fn references_to_constants() {
    check(
        "a.rb",
        "
A::B::C.new
::D
rescue_me { raise E }
include F
",
        "
1 -> constant A
1 -> constant A B
1 -> constant A::B C
1 -> call A::B::C new(0)
2 -> constant :: D
3 -> call rescue_me(0)
3 -> call raise(1)
3 -> constant E
4 -> call include(1)
4 -> constant F
",
    );
}

#[test]
fn bound_variables_are_no_references() {
    check(
        "a.rb",
        "
def a(b, c = d, *e, f: g)
  h { |i, (j, k)| l }
  for m in n do end
  o, *p = q
  case r
  in [s, String => t] then u
  in { v: Integer } then w
  end
rescue X => y
end
",
        "
1 method a(1+1 * f?:)
1 -> read d in a
1 -> read g in a
2 -> call h(0) in a
2 -> read l in a
3 -> read n in a
4 -> read q in a
5 -> read r in a
6 -> constant String in a
6 -> read u in a
7 -> constant Integer in a
7 -> read w in a
9 -> constant X in a
",
    );
}

#[test]
fn shorthand_keywords() {
    check(
        "a.rb",
        "
f(x:, y: z)
{ w: }
",
        "
1 -> call f(0 x: y:)
1 -> read x
1 -> read z
2 -> read w
",
    );
}

#[test]
fn heredocs_and_interpolations() {
    check(
        "a.rb",
        r##"
puts <<~TEXT, 1
  #{a.b} c
TEXT
"#{d}"
"##,
        "
1 -> call puts(2)
2 -> read a
2 -> call a b(0)
4 -> read d
",
    );
}

#[test]
fn loads() {
    check(
        "a.rb",
        r#"
require "a"
require_relative 'b/c'
load "d.rb"
autoload :E, "e"
require name
Kernel.require "f"
require "g#{h}"
"#,
        "
5 -> call require(1)
5 -> read name
6 -> constant Kernel
6 -> call Kernel require(1)
7 -> call require(1)
7 -> read h
1 require a
2 requirerelative b/c
3 load d.rb
4 autoload e: E
",
    );
}

#[test]
fn with_syntax_errors() {
    check(
        "a.rb",
        "
class A
  def b(
  end
  def c(x) = x.y
  def d(e f)
  end
end
class
",
        "
2 method b
4 method b > c(1)
5 method b > d
1 -> constant A
4 -> read x in b > c
4 -> call x y(0) in b > c
5 -> read f in b > d
",
    );
}
