using Market.Node.Config.Hocon;

namespace Market.Node.Config;

/// <summary>The one configuration file, under the environment, under the command line.</summary>
public static class ConfigurationFile
{
    public const string DefaultName = "cluster.hocon";

    private const string Root = "monkonomy";

    /// <summary>Reads and checks all there is to be told.</summary>
    /// <param name="path">Null for <c>cluster.hocon</c> where the program was started, or else the one that came with it.</param>
    /// <param name="overrides">What the command line says, by key.</param>
    /// <param name="environment">The variable of a name, or null; by default the process's own.</param>
    /// <exception cref="ConfigurationException">Names every mistake with file, line and key.</exception>
    public static NodeOptions Read(string? path, IReadOnlyDictionary<string, string?> overrides, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        try
        {
            var file = path ?? Find();
            var hocon = (HoconConfigurationProvider)new HoconConfigurationSource { Path = file, Environment = environment }.Build(new ConfigurationBuilder());
            hocon.Load();
            var keys = new ConfigurationRoot([hocon]);
            var configuration = new ConfigurationBuilder()
                .AddConfiguration(keys)
                .AddInMemoryCollection(FromEnvironment(keys, environment))
                .AddInMemoryCollection(overrides)
                .Build();
            var settings = new Settings(configuration, key => overrides.ContainsKey(key) ? "command line" : hocon.OriginOf(key)?.ToString());
            return OptionsReader.Read(settings, environment) with { AdminToken = Token("MARKET_ADMIN_TOKEN", environment) };
        }
        catch (HoconException wrong)
        {
            throw new ConfigurationException(wrong.Message, wrong);
        }
    }

    private static string Find()
    {
        if (File.Exists(DefaultName)) { return DefaultName; }
        var shipped = Path.Combine(AppContext.BaseDirectory, DefaultName);
        return File.Exists(shipped)
            ? shipped
            : throw new ConfigurationException($"There is no {DefaultName} here, nor beside the program; name one with --config FILE.");
    }

    /// <summary>A variable set to nothing is not set: an empty secret would be one that everybody knows.</summary>
    private static string? Secret(string name, Func<string, string?> environment) =>
        environment(name) is { } told && !string.IsNullOrWhiteSpace(told) ? told : null;

    /// <summary>It has to stand in a header.</summary>
    /// <exception cref="ConfigurationException">It is more than one word, or not ASCII.</exception>
    private static string? Token(string name, Func<string, string?> environment)
    {
        var token = Secret(name, environment)?.Trim();
        return token is null || token.All(letter => letter is > ' ' and <= '~') ? token : throw new ConfigurationException($"{name} holds no token: one word of printable ASCII is.");
    }

    /// <summary>monkonomy.http.port is MONKONOMY_HTTP_PORT.</summary>
    private static Dictionary<string, string?> FromEnvironment(ConfigurationRoot keys, Func<string, string?> environment)
    {
        var found = new Dictionary<string, string?>();
        foreach (var (key, value) in keys.GetSection(Root).AsEnumerable())
        {
            if (value is null) { continue; }
            var name = key.Replace(':', '_').Replace('-', '_').ToUpperInvariant();
            if (environment(name) is { } told) { found[key] = told; }
        }
        return found;
    }
}
