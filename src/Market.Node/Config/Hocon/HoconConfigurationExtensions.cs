namespace Market.Node.Config.Hocon;

public static class HoconConfigurationExtensions
{
    /// <summary>Adds the values of a HOCON file; sources added later override them.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="path">The file; relative to the working directory of the process.</param>
    /// <param name="optional">Whether a missing file counts as an empty one.</param>
    /// <remarks>Building the configuration throws <see cref="HoconException"/> when the file is missing or wrong.</remarks>
    public static IConfigurationBuilder AddHoconFile(this IConfigurationBuilder builder, string path, bool optional = false) =>
        builder.Add(new HoconConfigurationSource { Path = path, Optional = optional });
}
