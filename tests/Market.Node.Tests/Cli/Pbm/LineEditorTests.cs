using Market.Node.Cli.Pbm;

namespace Market.Node.Tests.Cli.Pbm;

public sealed class LineEditorTests
{
    private readonly KeyboardDouble _keys = new();
    private readonly StringWriter _screen = new();
    private IReadOnlyList<string> _completions = [];

    [Fact]
    public async Task A_line_is_edited_before_it_is_read()
    {
        _keys.Type("actr shw").Press(ConsoleKey.LeftArrow).Type("o").Press(ConsoleKey.Home, ConsoleKey.RightArrow, ConsoleKey.RightArrow, ConsoleKey.RightArrow).Type("o")
            .Press(ConsoleKey.End).Type("!").Press(ConsoleKey.Backspace, ConsoleKey.Enter);

        (await Editor().ReadAsync()).ShouldBe("actor show");
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_never_left()
    {
        _keys.Type("a🐒b").Press(ConsoleKey.LeftArrow, ConsoleKey.Backspace, ConsoleKey.Enter).Type("🐒").Press(ConsoleKey.Home, ConsoleKey.Delete).Type("c").Press(ConsoleKey.Enter);
        var editor = Editor();

        (await editor.ReadAsync()).ShouldBe("ab");
        (await editor.ReadAsync()).ShouldBe("c");
    }

    [Fact]
    public async Task What_was_typed_comes_back_by_the_arrows()
    {
        _keys.Line("one").Line("two").Line("two").Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.Enter).Press(ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.Enter);
        var editor = Editor();

        var lines = new List<string?>();
        for (var read = 0; read < 5; read++) { lines.Add(await editor.ReadAsync()); }

        lines.ShouldBe(["one", "two", "two", "one", ""]);
    }

    [Fact]
    public async Task Control_keys_cut_and_leave()
    {
        _keys.Type("one two").Control(ConsoleKey.W).Type("x").Press(ConsoleKey.Enter)
            .Type("gone").Control(ConsoleKey.C).Type("here").Control(ConsoleKey.A).Control(ConsoleKey.K).Type("there").Press(ConsoleKey.Enter).Control(ConsoleKey.D);
        var editor = Editor();

        (await editor.ReadAsync()).ShouldBe("one x");
        (await editor.ReadAsync()).ShouldBe("there");
        (await editor.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task One_completion_is_taken_and_several_as_far_as_they_agree()
    {
        _completions = ["cluster", "cluster-sharding"];
        _keys.Type("cl").Press(ConsoleKey.Tab, ConsoleKey.Tab, ConsoleKey.Enter);
        (await Editor().ReadAsync()).ShouldBe("cluster");
        _screen.ToString().ShouldContain("cluster  cluster-sharding");

        _completions = ["show"];
        _keys.Type("cluster s").Press(ConsoleKey.Tab).Type("x").Press(ConsoleKey.Enter);
        (await Editor().ReadAsync()).ShouldBe("cluster show x");

        _completions = ["/banana/"];
        _keys.Type("/b").Press(ConsoleKey.Tab, ConsoleKey.Enter);
        (await Editor().ReadAsync()).ShouldBe("/banana/");
    }

    [Fact]
    public async Task What_is_pasted_or_completed_moves_no_cursor()
    {
        _completions = ["/x/\u001b[31mred", "/x/\u202Eback"];
        _keys.Type("/x/\u001b[31m").Press(ConsoleKey.Tab, ConsoleKey.Enter);

        (await Editor().ReadAsync()).ShouldBe("/x/[31m");

        _screen.ToString().ShouldNotContain("\u001b[31m");
        _screen.ToString().ShouldNotContain("\u202E");
        _screen.ToString().ShouldContain("<U+202E>back");
    }

    [Fact]
    public async Task A_line_longer_than_the_screen_is_read_whole()
    {
        var text = new string('a', 200);
        _keys.Line(text);

        (await Editor().ReadAsync()).ShouldBe(text);

        _screen.ToString().Split('\r').ShouldAllBe(drawn => drawn.Length < 50);
    }

    private LineEditor Editor() => new(_keys, _screen, "> ", _ => Task.FromResult(_completions), () => 40);
}
