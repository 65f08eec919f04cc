"""What nobody works on any more although it should."""

from agent.desk.sweep import sweep


async def test_a_reply_whose_effect_was_done_days_later_by_a_worker_that_died_before_telling_is_released(scene):
    received = await scene.receive("Please cancel #1054")
    assert await scene.commit(scene.cancelling(await scene.turn(received.conversation)))
    await scene.run("update message set created_at = now() - interval '60 hours' where held")
    await scene.run("update effect set state = 'confirmed', updated_at = now() - interval '2 minutes'")
    await scene.run("delete from procrastinate_jobs")
    assert await sweep(scene.engine, scene.queue) == 1
    assert await scene.jobs() == ["settle"]


async def test_what_models_cost_long_ago_is_thrown_away(scene):
    for days in (91, 89):
        await scene.run(
            "insert into model_call (conversation, step, size, model, prompt, outcome, at)"
            f" values ('c', 'triage', 'small', 'tiny', 'p', 'ok', now() - interval '{days} days')"
        )
    assert await sweep(scene.engine, scene.queue) == 0
    assert len(await scene.rows("select id from model_call")) == 1
