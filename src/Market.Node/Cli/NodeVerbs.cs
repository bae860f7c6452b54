namespace Market.Node.Cli;

/// <summary>
/// The verbs that run in this process on a data folder, as the program composes them. Each is given what the command line said and a token
/// that is cancelled by Ctrl-C and SIGTERM, and returns an <see cref="ExitCode"/>.
/// </summary>
public sealed record NodeVerbs
{
    /// <summary><c>run</c>, <c>node</c>, and no verb at all.</summary>
    public required Func<RunOptions, CancellationToken, Task<int>> Run { get; init; }

    /// <summary>Null leaves the verb out.</summary>
    public Func<VerifyOptions, CancellationToken, Task<int>>? Verify { get; init; }

    /// <summary>Null leaves the verb out.</summary>
    public Func<ExportOptions, CancellationToken, Task<int>>? Export { get; init; }

    /// <summary>Also given where to write. Null leaves the verb out.</summary>
    public Func<SimulateOptions, Surroundings, CancellationToken, Task<int>>? Simulate { get; init; }

    /// <summary>Further verbs, whole.</summary>
    public IReadOnlyList<Verb> More { get; init; } = [];

    /// <summary>How long a verb has to end after Ctrl-C or SIGTERM before the process ends anyway.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
