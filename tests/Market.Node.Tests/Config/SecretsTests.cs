using Market.Node.Config;

namespace Market.Node.Tests.Config;

public sealed class SecretsTests
{
    [Fact]
    public void The_passwords_of_broker_and_database_and_the_organisers_token_are_secrets()
    {
        var options = NodeFixture.Options with
        {
            JoinCode = "",
            Cluster = new ClusterOptions
            {
                Node = "node-1", Broker = new Uri("amqp://me:p%40ss@host/"), Database = "Host=h;Username=u;Password='se cret'", TokenKey = [],
            },
        };

        options.Secrets.ShouldBe([NodeFixture.AdminToken, "p%40ss", "p@ss", "se cret"]);
    }

    [Fact]
    public void Addresses_without_passwords_hold_none()
    {
        var options = NodeFixture.Options with
        {
            AdminToken = null,
            Cluster = new ClusterOptions { Node = "node-1", Broker = new Uri("amqp://host/"), Database = "Host=h", TokenKey = [] },
        };

        options.Secrets.ShouldBeEmpty();
    }
}
