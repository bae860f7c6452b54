namespace Market.Node.Load;

/// <summary>A thread that looks every millisecond at what is due. Without a rate there is nothing for it to do: answers make room for requests.</summary>
public sealed class Pacer(IReadOnlyList<LoadConnection> connections, bool isNeeded) : IDisposable
{
    private const int EveryMs = 1;
    private Thread? _thread;
    private volatile bool _stopping;

    public void Start()
    {
        if (!isNeeded) { return; }
        _thread = new Thread(Run) { Name = "pacer", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stopping = true;
        _thread?.Join();
    }

    private void Run()
    {
        while (!_stopping)
        {
            foreach (var connection in connections) { connection.Pump(); }
            Thread.Sleep(EveryMs);
        }
    }
}
