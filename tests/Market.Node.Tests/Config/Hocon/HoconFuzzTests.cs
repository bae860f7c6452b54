using FsCheck;
using FsCheck.Fluent;
using Market.Node.Config.Hocon;

namespace Market.Node.Tests.Config.Hocon;

/// <summary>No text may do worse than a <see cref="HoconException"/>: no other exception, no overflow of the stack, no endless work.</summary>
public class HoconFuzzTests
{
    /// <summary>Pieces that mean something to the reader: strung together they get further into it than letters do.</summary>
    private static readonly string[] Pieces =
    [
        "a", "b", "c.d", "a.b", "1", "-1e", "+", "+=", "=", ":", ".", ",", "{", "}", "[", "]", " ", "\n", "\r\n", "\t",
        "${a}", "${?b}", "${a.b}", "${?c.d}", "${", "${?", "$", "\"x\"", "\"", "\"\"\"", "\\", "\\u", "#", "//", "/", "null", "true",
        "include", "include \"none\"", "a = ${a}", "a += 1\n", "b = ${?a} ", "a { b = ", "c { d = [${b}, ", "\n}", "?", "é", "\0", "\uD800", "\u2028",
    ];

    private const string Right = """"
        # one of each
        a { b = 1, c.d = [ 1, two, "thr\u0065e" ] } // end
        a.e = ${a.b} ${?c} and ${base.deep.z}
        c : """raw
        text""", d += ${c}
        d += { x = null, y = ${?nothing} }
        base { list = [ 1 ], deep { z = -1.5e+3 } }
        b = ${base} { list = ${?b.list} [ 2 ], deep { w = ${base.deep.z}x } }
        c = ${c}" more"
        "quoted key"."" = ${d} [ [ ] [ {} ] ]
        """";

    private static readonly FsCheck.Config Fields = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2_000).WithStartSize(2).WithEndSize(12);

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Prop.ForAll<string?>(text => Reading.IsReadOrRefused(text ?? "")).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Any_string_of_meaningful_pieces_is_read_or_refused()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
        Prop.ForAll(texts, Reading.IsReadOrRefused).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(30));
    }

    [Fact]
    public void A_right_text_with_a_few_pieces_put_in_or_cut_out_is_read_or_refused()
    {
        Reading.Document(Right).Entries.Count.ShouldBe(17);
        var edit =
            from start in Gen.Choose(0, Right.Length)
            from length in Gen.Choose(0, 12)
            from piece in Gen.OneOf(Gen.Constant(""), Gen.Elements(Pieces))
            select (start, length, piece);
        var texts = edit.ListOf().Select(edits => edits.Aggregate(Right, Apply)).ToArbitrary();
        Prop.ForAll(texts, Reading.IsReadOrRefused).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000).WithStartSize(1).WithEndSize(6));
    }

    [Fact]
    public void Any_list_of_fields_that_name_each_other_is_read_or_refused() =>
        Prop.ForAll(FieldsThatNameEachOther(), Reading.IsReadOrRefused).Check(Fields);

    [Fact]
    public void To_set_a_field_to_itself_changes_nothing() => Prop.ForAll(FieldsThatNameEachOther(), text =>
    {
        if (TryRead(text) is { } before)
            Reading.Flat(text + "a = ${?a}").ShouldBe(before);
    }).Check(Fields);

    [Fact]
    public void To_borrow_a_field_gives_the_same_values_under_another_name() => Prop.ForAll(FieldsThatNameEachOther(), text =>
    {
        if (TryRead(text) is { } before)
        {
            var lent = Reading.Document(text).Entries.Where(entry => entry.KeyPath is "a" || entry.KeyPath.StartsWith("a:", StringComparison.Ordinal));
            Reading.Flat(text + "z = ${?a}").ShouldBe(string.Join(", ", lent.Select(Shown).Prepend(before)));
        }
    }).Check(Fields);

    private static string Shown(HoconEntry entry) => Reading.Flat([entry with { KeyPath = string.Concat("z", entry.KeyPath.AsSpan(1)) }]);

    private static Arbitrary<string> FieldsThatNameEachOther()
    {
        string[] keys = ["a", "b", "c", "a.b", "b.c", "c.a"];
        var fields =
            from key in Gen.Elements(keys)
            from sign in Gen.Elements("=", "=", "=", "+=")
            from other in Gen.Elements(keys)
            from value in Gen.Elements(
                "1", "[1]", "{ a = 1 }", $"${{{other}}}", $"${{?{other}}}", $"${{?{other}}}${{?a}}",
                $"${{?{other}}} {{ b = ${{?c}} }}", $"[${{?{other}}}]", $"{{ c = ${{?{other}}} }}", $"${{?{other}}}x")
            select $"{key} {sign} {value}\n";
        return fields.ListOf().Select(lines => string.Concat(lines)).ToArbitrary();
    }

    private static string? TryRead(string text)
    {
        try
        {
            return Reading.Flat(text);
        }
        catch (HoconException)
        {
            return null;
        }
    }

    private static string Apply(string text, (int Start, int Length, string Piece) edit)
    {
        var start = Math.Min(edit.Start, text.Length);
        return text.Remove(start, Math.Min(edit.Length, text.Length - start)).Insert(start, edit.Piece);
    }
}
