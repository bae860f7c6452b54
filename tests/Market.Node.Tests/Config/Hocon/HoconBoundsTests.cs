namespace Market.Node.Tests.Config.Hocon;

/// <summary>What is too large or too deep is refused before it overflows the stack or fills the memory.</summary>
public class HoconBoundsTests
{
    private const int MaxLength = 1024 * 1024;

    /// <summary>Of the 1.5 MiB a thread has; what runs on this has two thirds to spare.</summary>
    private const int SmallStackBytes = 512 * 1024;

    [Theory]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("a{")]
    [InlineData("a=[")]
    [InlineData("a.")]
    [InlineData("a=${")]
    [InlineData("a=${a}\n")]
    [InlineData("a=${a}x\n")]
    [InlineData("a=${a}${a}\n")]
    [InlineData("a=${a}[1]\n")]
    [InlineData("a=${a}{b=1}\n")]
    [InlineData("a+=1\na=${?b}\n")]
    [InlineData("a=${?b}\na{c+=1}\n")]
    [InlineData("\"")]
    [InlineData("\"\"\"x")]
    [InlineData("a\\")]
    [InlineData("1e+")]
    [InlineData("x ")]
    [InlineData("\0")]
    [InlineData("\n")]
    [InlineData(",")]
    public void A_file_of_one_thing_only_is_read_or_refused_on_a_small_stack(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, MaxLength / 8 / piece.Length));
        OnSmallStack(() => Reading.IsReadOrRefused(text).ShouldBeTrue());
        OnSmallStack(() => Reading.IsReadOrRefused("a=x\nb=[1]\n" + text).ShouldBeTrue());
    }

    [Fact]
    public void A_mebibyte_of_appends_is_one_list()
    {
        const string piece = "a+=1\n";
        Reading.Document(string.Concat(Enumerable.Repeat(piece, MaxLength / piece.Length))).Entries.Count.ShouldBe(MaxLength / piece.Length);
    }

    [Fact]
    public void Objects_nest_sixty_four_deep()
    {
        Reading.Document(Nested(64)).Entries.ShouldHaveSingleItem();
        var failure = Reading.Failure(Nested(65));
        failure.Message.ShouldEndWith(".a: nested more than 64 levels deep; the limit is 64");
        failure.Origin.Column.ShouldBe(1 + 64 * "a{".Length);

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("a{", depth)) + new string('}', depth);
    }

    [Fact]
    public void Substitutions_wait_for_each_other_128_deep()
    {
        OnSmallStack(() => Reading.Document(Chain(128)).Entries.ShouldAllBe(entry => entry.Value == "x"));
        Reading.Failure(Chain(129)).Message.ShouldBe("cluster.hocon:129:8: k128: more than 128 values wait for each other; the limit is 128");

        static string Chain(int depth) =>
            string.Concat(Enumerable.Range(0, depth).Select(index => $"k{index} = ${{k{index + 1}}}\n")) + $"k{depth} = x";
    }

    [Theory]
    [InlineData("k0 = [x, x]", "next = [${last}, ${last}]")]
    [InlineData("k0 = [x, x]", "next = ${last} ${last}")]
    [InlineData("k0 = xx", "next = ${last}${last}")]
    [InlineData("k0 { x = 1 }", "next { a = ${last}, b = ${last} }")]
    public void Values_that_double_on_each_line_are_refused(string first, string line)
    {
        var lines = Enumerable.Range(0, 40).Select(index => line
            .Replace("last", $"k{index}", StringComparison.Ordinal)
            .Replace("next", $"k{index + 1}", StringComparison.Ordinal));
        Reading.Failure(string.Join('\n', lines.Prepend(first))).Message.ShouldEndWith("larger than 4194304 characters; the limit is 4 MiB");
    }

    [Fact]
    public void Substitutions_nest_objects_sixty_four_deep()
    {
        Reading.Document(Chain(63)).Entries[0].Value.ShouldBe("x");
        Reading.Failure(Chain(64)).Message.ShouldEndWith(".a: substitutions nest this more than 64 levels deep; the limit is 64");

        static string Chain(int depth) =>
            string.Concat(Enumerable.Range(0, depth).Select(index => $"k{index} {{ a = ${{k{index + 1}}} }}\n")) + $"k{depth} = x";
    }

    [Fact]
    public void A_text_longer_than_a_mebibyte_is_refused() =>
        Reading.Failure(new string('é', MaxLength / 2 + 1)).Message
            .ShouldBe("cluster.hocon: the file \"cluster.hocon\" is larger than 1048576 bytes; the limit is 1 MiB a file");

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), SmallStackBytes);
        thread.Start();
        thread.Join();
        failure.ShouldBeNull();
    }
}
