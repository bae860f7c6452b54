namespace Market.Node.Config.Hocon;

/// <summary>A HOCON file as a source of Microsoft.Extensions.Configuration.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>The file; relative to the working directory of the process. Messages name it as given here.</summary>
    public required string Path { get; init; }

    /// <summary>Whether a missing file counts as an empty one. A missing included file is an error all the same.</summary>
    public bool Optional { get; init; }

    /// <summary>The value of an environment variable, null when there is none. Default: those of this process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(this);
}
