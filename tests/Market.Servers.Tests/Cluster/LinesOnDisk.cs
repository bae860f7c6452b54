namespace Market.Servers.Tests.Cluster;

/// <summary>What somebody writes, to be read by another meanwhile: a text in memory is for one thread at a time.</summary>
internal sealed class LinesOnDisk : IAsyncDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public LinesOnDisk() => Writer = new StreamWriter(new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    public TextWriter Writer { get; }

    public string Read()
    {
        using var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        File.Delete(_path);
    }
}
