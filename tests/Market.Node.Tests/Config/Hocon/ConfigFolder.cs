using Market.Node.Config.Hocon;

namespace Market.Node.Tests.Config.Hocon;

/// <summary>A folder of configuration files that is gone when the test is over.</summary>
internal sealed class ConfigFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hocon");

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public ConfigFolder With(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    public ConfigFolder With(string file, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(file), bytes);
        return this;
    }

    public HoconDocument Load(string file) => HoconDocument.Load(PathOf(file), _ => null);

    /// <summary>The message without this folder's own path, which is another on each run.</summary>
    public string FailureOf(string file) =>
        Should.Throw<HoconException>(() => Load(file)).Message.Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
