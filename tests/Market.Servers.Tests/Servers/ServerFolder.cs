namespace Market.Servers.Tests.Servers;

/// <summary>A folder of its own for a server, gone with it.</summary>
internal sealed class ServerFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("monkonomy-server-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
