using Market.Node.Cli.Pbm;

namespace Market.Node.Tests.Cli.Pbm;

/// <summary>A keyboard on which everything was typed beforehand.</summary>
internal sealed class KeyboardDouble : IKeyboard, IDisposable
{
    private readonly Queue<ConsoleKeyInfo> _keys = new();

    /// <summary>False lets whatever runs run to its end before the next key.</summary>
    public bool HasKey { get; set; }

    public bool IsTaken { get; private set; }

    public ConsoleKeyInfo Read() => _keys.Dequeue();

    public IDisposable Take()
    {
        IsTaken = true;
        return this;
    }

    public void Dispose() => IsTaken = false;

    public KeyboardDouble Type(string text)
    {
        foreach (var letter in text) { _keys.Enqueue(new ConsoleKeyInfo(letter, default, false, false, false)); }
        return this;
    }

    public KeyboardDouble Press(params ConsoleKey[] keys)
    {
        foreach (var key in keys) { _keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, false)); }
        return this;
    }

    public KeyboardDouble Control(ConsoleKey key)
    {
        _keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, control: true));
        return this;
    }

    public KeyboardDouble Line(string text) => Type(text).Press(ConsoleKey.Enter);
}
