using System.Globalization;
using System.Text;

namespace Market.Node.Tests.Config.Hocon;

public sealed class HoconIncludeTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("include \"b.hocon\"", "x=10, y:z=1")]
    [InlineData("x = 1, include \"b.hocon\"", "x=10, y:z=1")]
    [InlineData("include \"b.hocon\"\n x = 1", "x=1, y:z=1")]
    [InlineData("y { w = 0 }, include \"b.hocon\", y { v = 2 }", "y:w=0, y:z=1, y:v=2, x=10")]
    [InlineData("a { include \"b.hocon\" }", "a:x=10, a:y:z=1")]
    [InlineData("a { include\n \"b.hocon\", x = 2 }", "a:x=2, a:y:z=1")]
    [InlineData("a = [ { include \"b.hocon\" } ]", "a:0:x=10, a:0:y:z=1")]
    public void An_included_file_is_as_if_written_in_its_place(string text, string expected)
    {
        _folder.With("a.hocon", text).With("b.hocon", "x = 10\n y { z = 1 }");
        Reading.Flat(_folder.Load("a.hocon")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a { include \"b.hocon\" }", "x = 10, y = ${x}", "a:x=10, a:y=10")]
    [InlineData("a { include \"b.hocon\" }, a { x = 42 }", "x = 10, y = ${x}", "a:x=42, a:y=42")]
    [InlineData("a { include \"b.hocon\" }, x = 7", "y = ${x}", "a:y=7, x=7")]
    [InlineData("a { include \"b.hocon\" }", "x = 1, x = ${x}2", "a:x=12")]
    [InlineData("a { x = [1], include \"b.hocon\" }", "x += 2", "a:x:0=1, a:x:1=2")]
    [InlineData("include \"b.hocon\", y = ${x}", "x = 1", "x=1, y=1")]
    public void Substitutions_of_an_included_file_look_below_its_place_and_then_from_the_root(string including, string included, string expected)
    {
        _folder.With("a.hocon", including).With("b.hocon", included);
        Reading.Flat(_folder.Load("a.hocon")).ShouldBe(expected);
    }

    [Fact]
    public void A_name_is_relative_to_the_folder_of_the_file_that_includes_it()
    {
        _folder.With("a.hocon", "include \"parts/b.hocon\"")
            .With("parts/b.hocon", "include \"c.hocon\"\n include \"../d.hocon\"")
            .With("parts/c.hocon", "c = 1")
            .With("d.hocon", "d = 2");
        Reading.Flat(_folder.Load("a.hocon")).ShouldBe("c=1, d=2");
    }

    [Fact]
    public void Values_keep_the_file_they_were_written_in()
    {
        _folder.With("a.hocon", "x = 1\ninclude \"parts/b.hocon\"").With("parts/b.hocon", "\n\ny = 2");
        var origin = _folder.Load("a.hocon").Entries[1].Origin;
        origin.File.ShouldBe(_folder.PathOf("parts/b.hocon"));
        origin.Line.ShouldBe(3);
    }

    [Fact]
    public void A_missing_file_is_named_where_it_is_included()
    {
        _folder.With("a.hocon", "market {\n  include \"b.hocon\"\n}");
        _folder.FailureOf("a.hocon").ShouldBe("a.hocon:2:11: market: the file \"b.hocon\" does not exist (looked for b.hocon)");
    }

    [Fact]
    public void A_missing_first_file_has_no_line() =>
        _folder.FailureOf("a.hocon").ShouldBe("a.hocon: the file \"a.hocon\" does not exist (looked for a.hocon)");

    [Fact]
    public void A_folder_is_not_a_file()
    {
        _folder.With("a.hocon", "include \"parts\"").With("parts/b.hocon", "");
        _folder.FailureOf("a.hocon").ShouldBe("a.hocon:1:9: the file \"parts\" does not exist (looked for parts)");
    }

    [Fact]
    public void A_name_no_file_can_have_is_an_error_of_the_configuration()
    {
        _folder.With("a.hocon", "include \"b\\u0000c\"");
        _folder.FailureOf("a.hocon").ShouldStartWith("a.hocon:1:9: the file \"b\0c\" cannot be read: ");
    }

    [Fact]
    public void An_error_in_an_included_file_names_that_file_and_the_whole_key()
    {
        _folder.With("a.hocon", "market { include \"b.hocon\" }").With("b.hocon", "tick =\nsize = 1");
        _folder.FailureOf("a.hocon").ShouldBe("b.hocon:1:6: market.tick: no value follows this '='; for empty text write \"\"");
    }

    [Fact]
    public void A_file_that_includes_itself_is_refused()
    {
        _folder.With("a.hocon", "include \"b.hocon\"").With("b.hocon", "x = 1\ninclude \"a.hocon\"");
        _folder.FailureOf("a.hocon").ShouldBe("b.hocon:2:9: \"a.hocon\" includes itself: a.hocon → b.hocon → a.hocon");
    }

    [Theory]
    [InlineData(16, null)]
    [InlineData(17, "16.hocon:1:9: files include each other more than 16 deep; the limit is 16")]
    public void Includes_go_sixteen_deep(int depth, string? failure)
    {
        for (var file = 0; file < depth; file++)
            _folder.With($"{file}.hocon", string.Create(CultureInfo.InvariantCulture, $"include \"{file + 1}.hocon\""));
        _folder.With($"{depth}.hocon", "x = 1");
        if (failure is null)
            Reading.Flat(_folder.Load("0.hocon")).ShouldBe("x=1");
        else
            _folder.FailureOf("0.hocon").ShouldBe(failure);
    }

    [Fact]
    public void Files_that_each_include_the_next_twice_meet_the_bound_of_includes()
    {
        for (var file = 0; file < 12; file++)
            _folder.With($"{file}.hocon", string.Concat(Enumerable.Repeat($"include \"{file + 1}.hocon\"\n", 2)));
        _folder.With("12.hocon", "x = 1");
        _folder.FailureOf("0.hocon").ShouldEndWith("more than 256 includes in one configuration; the limit is 256");
    }

    [Fact]
    public void A_list_cannot_be_included()
    {
        _folder.With("a.hocon", "include \"b.hocon\"").With("b.hocon", "[1]");
        _folder.FailureOf("a.hocon").ShouldBe("b.hocon:1:1: a configuration is an object, not a list; give the list a key: key = [ … ]");
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_named_by_their_place()
    {
        _folder.With("a.hocon", [.. Encoding.UTF8.GetBytes("x = 1\ny = é"), 0xFF]);
        _folder.FailureOf("a.hocon").ShouldBe("a.hocon:2:6: these bytes are not UTF-8; save the file as UTF-8");
    }

    [Fact]
    public void A_file_may_begin_with_a_byte_order_mark()
    {
        _folder.With("a.hocon", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("x = 1")]);
        Reading.Flat(_folder.Load("a.hocon")).ShouldBe("x=1");
    }

    [Theory]
    [InlineData(1024 * 1024, null)]
    [InlineData(1024 * 1024 + 1, "a.hocon: the file \"a.hocon\" is larger than 1048576 bytes; the limit is 1 MiB a file")]
    public void A_file_has_at_most_one_mebibyte(int size, string? failure)
    {
        _folder.With("a.hocon", "x = 1\n#".PadRight(size, '.'));
        if (failure is null)
            Reading.Flat(_folder.Load("a.hocon")).ShouldBe("x=1");
        else
            _folder.FailureOf("a.hocon").ShouldBe(failure);
    }
}
