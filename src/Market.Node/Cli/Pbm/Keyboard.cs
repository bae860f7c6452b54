namespace Market.Node.Cli.Pbm;

/// <summary>A person's keys. For one reader.</summary>
public interface IKeyboard
{
    /// <summary>Whether a key waits.</summary>
    bool HasKey { get; }

    /// <summary>The next key, not shown; waits for it.</summary>
    ConsoleKeyInfo Read();

    /// <summary>From now on Ctrl-C is a key, until what this gives is disposed.</summary>
    IDisposable Take();
}

/// <summary>That of this process.</summary>
public sealed class ConsoleKeyboard : IKeyboard
{
    public bool HasKey => Console.KeyAvailable;

    public ConsoleKeyInfo Read() => Console.ReadKey(intercept: true);

    public IDisposable Take() => new Taken();

    private sealed class Taken : IDisposable
    {
        public Taken() => Console.TreatControlCAsInput = true;

        public void Dispose() => Console.TreatControlCAsInput = false;
    }
}
