using System.Text;
using Market.Node.Cli.Pbm;

namespace Market.Node.Cli;

/// <summary>What a verb sees of the process it runs in. A test gives its own.</summary>
public sealed record Surroundings
{
    /// <summary>Answers: tables, lines, JSON.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>News and complaints, so that what is piped on stays clean.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where a confirmation is read from.</summary>
    public required TextReader In { get; init; }

    /// <summary>Whether a person looks at <see cref="Out"/>: colours and live tables only then.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Where a person's keys come from, one by one; null where there is none.</summary>
    public IKeyboard? Keyboard { get; init; }

    /// <summary>An environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>What relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>How long a lost connection waits for its first new try; each further one waits twice as long, up to <see cref="MaxRetry"/>.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaxRetry { get; init; } = TimeSpan.FromSeconds(30);

    public static Surroundings OfProcess()
    {
        if (OperatingSystem.IsWindows()) { Console.OutputEncoding = Encoding.UTF8; }
        return new Surroundings
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            OutIsTerminal = !Console.IsOutputRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Keyboard = Console.IsInputRedirected || Console.IsOutputRedirected ? null : new ConsoleKeyboard(),
            Variable = Environment.GetEnvironmentVariable,
            Folder = Directory.GetCurrentDirectory(),
        };
    }

    /// <summary>A variable that is set to something; null otherwise.</summary>
    public string? Set(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>A path as given, from <see cref="Folder"/> when it is relative.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);
}
