using Market.Actors.Cluster;
using Market.Node.Hosting;

namespace Market.Node.Cluster;

/// <summary>Renews a lease by a thread of its own, which nothing but a standstill of the whole process holds up.</summary>
/// <param name="stoodStill">Called when the process has stood still.</param>
public sealed class Pulse(Lease lease, EngineClock clock, Action stoodStill) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly ManualResetEventSlim _end = new();
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "pulse", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread?.Join();
        _end.Dispose();
    }

    private void Run()
    {
        while (!_end.Wait(Every))
        {
            if (lease.Renew(clock.Now)) { stoodStill(); }
        }
    }
}
