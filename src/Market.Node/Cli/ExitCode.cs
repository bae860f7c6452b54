namespace Market.Node.Cli;

/// <summary>What every verb ends with; scripts rely on the numbers.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>It could not be done: no node answers, a file cannot be written, the node has a fault.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was tried.</summary>
    public const int WrongUsage = 2;

    /// <summary>The market said no: a status other than ACCEPTED (or the DUPLICATE of one), or a problem of the 4xx family.</summary>
    public const int Refused = 3;
}

/// <summary>The command line is well formed, but what it says cannot be meant. Ends with <see cref="ExitCode.WrongUsage"/>.</summary>
/// <param name="message">What is wrong and what would be right; never holds a secret.</param>
public sealed class WrongUsageException(string message) : Exception(message);
