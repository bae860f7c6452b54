using Market.Node.Hosting;

namespace Market.Node.Tests.Hosting;

public sealed class WakeUpTests : IDisposable
{
    private const int Forever = 60_000;

    private readonly WakeUp _wakeUp = new();

    [Fact]
    public void A_ring_before_the_sleep_is_not_lost()
    {
        _wakeUp.Set();
        _wakeUp.Wait(Forever);
    }

    [Fact]
    public async Task No_ring_of_many_is_lost_between_two_threads()
    {
        // Each side waits for the other's ring: one lost ring would sleep out its minute, a hundred thousand times over.
        using var back = new WakeUp();
        var answering = Task.Run(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                _wakeUp.Wait(Forever);
                back.Set();
            }
        });
        for (var i = 0; i < 100_000; i++)
        {
            _wakeUp.Set();
            back.Wait(Forever);
        }
        await answering.WaitAsync(TimeSpan.FromSeconds(50));
    }

    public void Dispose() => _wakeUp.Dispose();
}
