using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary>
/// One line after the other from a keyboard: with a history, which is forgotten when the program ends since what is typed may hold a token, and with
/// completion. No editor of lines is on the registry this is built against.
/// </summary>
/// <param name="complete">Whole last words that what stands before the cursor could go on to.</param>
/// <param name="width">Of the screen, in letters.</param>
public sealed class LineEditor(IKeyboard keyboard, TextWriter screen, string prompt, Func<string, Task<IReadOnlyList<string>>> complete, Func<int> width)
{
    private const int MaxHistory = 500;
    private const int MaxListed = 40;
    private const string ClearToEnd = "\u001b[K";

    private readonly List<string> _history = [];
    private string _text = "";
    private int _cursor;
    private int _recalled;

    /// <returns>Null at the end of input: Ctrl-D or Ctrl-C in an empty line.</returns>
    public async Task<string?> ReadAsync()
    {
        (_text, _cursor, _recalled) = ("", 0, _history.Count);
        while (true)
        {
            Draw();
            var key = keyboard.Read();
            if (key.Key is ConsoleKey.Enter) { return Done(); }
            if (_text.Length == 0 && IsControl(key, ConsoleKey.D, ConsoleKey.C))
            {
                screen.WriteLine();
                return null;
            }
            if (key.Key is ConsoleKey.Tab) { await CompleteAsync(); }
            else { Press(key); }
        }
    }

    private string Done()
    {
        screen.WriteLine();
        if (_text.Length > 0 && (_history.Count == 0 || _history[^1] != _text)) { _history.Add(_text); }
        if (_history.Count > MaxHistory) { _history.RemoveAt(0); }
        return _text;
    }

    private void Press(ConsoleKeyInfo key)
    {
        if (IsControl(key, ConsoleKey.C, ConsoleKey.U)) { Set("", 0); }
        else if (IsControl(key, ConsoleKey.K)) { Set(_text[.._cursor], _cursor); }
        else if (IsControl(key, ConsoleKey.W)) { Cut(_text[.._cursor].TrimEnd().LastIndexOf(' ') + 1, _cursor); }
        else if (key.Key is ConsoleKey.Home || IsControl(key, ConsoleKey.A)) { _cursor = 0; }
        else if (key.Key is ConsoleKey.End || IsControl(key, ConsoleKey.E)) { _cursor = _text.Length; }
        else if (key.Key is ConsoleKey.LeftArrow) { _cursor = Before(_cursor); }
        else if (key.Key is ConsoleKey.RightArrow) { _cursor = After(_cursor); }
        else if (key.Key is ConsoleKey.Backspace) { Cut(Before(_cursor), _cursor); }
        else if (key.Key is ConsoleKey.Delete) { Cut(_cursor, After(_cursor)); }
        else if (key.Key is ConsoleKey.UpArrow) { Recall(-1); }
        else if (key.Key is ConsoleKey.DownArrow) { Recall(1); }
        else if (!char.IsControl(key.KeyChar)) { Insert(key.KeyChar.ToString()); }
    }

    private static bool IsControl(ConsoleKeyInfo key, params ReadOnlySpan<ConsoleKey> keys) => key.Modifiers.HasFlag(ConsoleModifiers.Control) && keys.Contains(key.Key);

    private void Set(string text, int cursor) => (_text, _cursor) = (text, cursor);

    private void Insert(string letters) => Set(_text.Insert(_cursor, letters), _cursor + letters.Length);

    private void Cut(int from, int to) => Set(_text.Remove(from, to - from), from);

    private void Recall(int by)
    {
        _recalled = Math.Clamp(_recalled + by, 0, _history.Count);
        var text = _recalled == _history.Count ? "" : _history[_recalled];
        Set(text, text.Length);
    }

    // Half a surrogate pair is no letter.

    private int Before(int at) => Math.Max(0, at - (at > 1 && char.IsLowSurrogate(_text[at - 1]) ? 2 : 1));

    private int After(int at) => Math.Min(_text.Length, at + (at + 1 < _text.Length && char.IsHighSurrogate(_text[at]) ? 2 : 1));

    private async Task CompleteAsync()
    {
        var before = _text[.._cursor];
        var start = before.LastIndexOf(' ') + 1;
        var found = await complete(before);
        if (found.Count == 0) { return; }
        var common = found.Aggregate(Common);
        if (common.Length > _cursor - start)
        {
            Cut(start, _cursor);
            Insert(found.Count == 1 && !common.EndsWith('/') ? $"{common} " : common);
            return;
        }
        screen.WriteLine();
        screen.WriteLine($"{string.Join("  ", found.Take(MaxListed).Select(VisibleText.Of))}{(found.Count > MaxListed ? "  …" : "")}");
    }

    private static string Common(string one, string other)
    {
        var length = 0;
        while (length < one.Length && length < other.Length && one[length] == other[length]) { length++; }
        return one[..length];
    }

    /// <summary>Writes the line twice, the second time up to the cursor: so the terminal itself finds its place, however wide the letters are.</summary>
    private void Draw()
    {
        var room = Math.Max(10, width() - prompt.Length - 1);
        var start = Math.Max(0, _cursor - room + 1);
        var shown = _text.Substring(start, Math.Min(room, _text.Length - start));
        screen.Write($"\r{prompt}{VisibleText.Of(shown)}{ClearToEnd}\r{prompt}{VisibleText.Of(_text[start.._cursor])}");
        screen.Flush();
    }
}
