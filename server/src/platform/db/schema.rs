//! The tables as diesel sees them. Types follow `migrations/`; both databases have the same columns.

diesel::table! {
    audit (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor_kind -> Text,
        actor_id -> Nullable<BigInt>,
        persona -> Text,
        action -> Text,
        object_kind -> Text,
        object_id -> BigInt,
        revision_hash -> Nullable<Text>,
        reason -> Nullable<Text>,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        topic -> Text,
        key -> Text,
        version -> BigInt,
        payload -> Text,
        attempts -> Integer,
        created_at -> Timestamp,
        next_at -> Timestamp,
        lease_until -> Nullable<Timestamp>,
        lease_by -> Nullable<Text>,
        done_at -> Nullable<Timestamp>,
        dead_at -> Nullable<Timestamp>,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    submissions (member_id, key) {
        member_id -> BigInt,
        key -> Text,
        body_hash -> Text,
        answer -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    secrets (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    members (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        email -> Text,
        email_key -> Text,
        password_hash -> Text,
        region -> Text,
        age_band -> Text,
        state -> Text,
        contact -> Text,
        neutral_titles -> Bool,
        exposure_consent -> Bool,
        moderator -> Bool,
        clinician -> Bool,
        admin -> Bool,
        imported -> Bool,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
    }
}

diesel::table! {
    credentials (id) {
        id -> BigInt,
        member_id -> BigInt,
        register -> Text,
        number -> Text,
        expires_on -> Date,
        checked_by -> Nullable<BigInt>,
        granted_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        kind -> Text,
        member_id -> BigInt,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        auth_time -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    boards (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        description -> Text,
        audience -> Text,
        hold_newcomers -> Bool,
        position -> Integer,
        created_at -> Timestamp,
        stage -> Nullable<Text>,
    }
}

diesel::table! {
    board_members (board_id, member_id) {
        board_id -> BigInt,
        member_id -> BigInt,
        invited_at -> Timestamp,
    }
}

diesel::table! {
    threads (id) {
        id -> BigInt,
        kind -> Text,
        board_id -> Nullable<BigInt>,
        opening_post_id -> BigInt,
        locked -> Bool,
        public_posts -> Integer,
        last_activity_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        thread_id -> BigInt,
        author_id -> BigInt,
        kind -> Text,
        about -> Text,
        state -> Text,
        published_revision_id -> Nullable<BigInt>,
        latest_revision_id -> BigInt,
        first_published_at -> Nullable<Timestamp>,
        approved_late -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        post_id -> BigInt,
        number -> Integer,
        editor_id -> BigInt,
        title -> Nullable<Text>,
        source -> Text,
        html -> Text,
        plain -> Text,
        renderer -> Integer,
        hash -> Text,
        action -> Text,
        severity -> Text,
        verdict -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    revision_reads (revision_id, staff_id) {
        revision_id -> BigInt,
        staff_id -> BigInt,
        read_at -> Timestamp,
    }
}

diesel::table! {
    drafts (id) {
        id -> BigInt,
        member_id -> BigInt,
        board_id -> Nullable<BigInt>,
        thread_id -> Nullable<BigInt>,
        title -> Text,
        source -> Text,
        about -> Text,
        returned_post_id -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    imports (source) {
        source -> Text,
        object_kind -> Text,
        object_id -> BigInt,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    review_items (id) {
        id -> BigInt,
        post_id -> BigInt,
        revision_id -> BigInt,
        cause -> Text,
        severity -> Text,
        severity_rank -> Integer,
        state -> Text,
        holder_id -> Nullable<BigInt>,
        lease_until -> Nullable<Timestamp>,
        version -> BigInt,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    decisions (id) {
        id -> BigInt,
        item_id -> BigInt,
        post_id -> BigInt,
        revision_id -> BigInt,
        revision_hash -> Text,
        item_version -> BigInt,
        moderator_id -> BigInt,
        choice -> Text,
        label -> Text,
        machine_flagged -> Bool,
        reason -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    notices (id) {
        id -> BigInt,
        member_id -> BigInt,
        kind -> Text,
        key -> Text,
        post_id -> Nullable<BigInt>,
        body -> Text,
        created_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    articles (id) {
        id -> BigInt,
        latest_version_id -> BigInt,
        verified_version_id -> Nullable<BigInt>,
        created_by -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    article_versions (id) {
        id -> BigInt,
        article_id -> BigInt,
        number -> Integer,
        author_id -> BigInt,
        title -> Text,
        source -> Text,
        html -> Text,
        plain -> Text,
        renderer -> Integer,
        review_due -> Date,
        hash -> Text,
        action -> Text,
        verdict -> Text,
        state -> Text,
        first_signature_id -> Nullable<BigInt>,
        second_signature_id -> Nullable<BigInt>,
        verified_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        other_names -> Nullable<Text>,
    }
}

diesel::table! {
    article_sources (version_id, position) {
        version_id -> BigInt,
        position -> Integer,
        title -> Text,
        publisher -> Text,
        url -> Text,
        published -> Text,
    }
}

diesel::table! {
    signatures (id) {
        id -> BigInt,
        version_id -> BigInt,
        hash -> Text,
        place -> Integer,
        signer_id -> BigInt,
        credential_id -> BigInt,
        name -> Text,
        register -> Text,
        number -> Text,
        signed_at -> Timestamp,
    }
}

diesel::table! {
    stops (id) {
        id -> BigInt,
        version_id -> BigInt,
        stopped_by -> BigInt,
        reason -> Text,
        stopped_at -> Timestamp,
        first_lifted_by -> Nullable<BigInt>,
        first_lifted_at -> Nullable<Timestamp>,
        second_lifted_by -> Nullable<BigInt>,
        lifted_at -> Nullable<Timestamp>,
        staff_reason -> Nullable<Text>,
    }
}

diesel::table! {
    attachments (id) {
        id -> BigInt,
        post_id -> BigInt,
        thread_id -> BigInt,
        version_id -> BigInt,
        relation -> Text,
        note -> Text,
        attached_by -> BigInt,
        attached_at -> Timestamp,
    }
}

diesel::table! {
    verified_statements (id) {
        id -> BigInt,
        post_id -> BigInt,
        thread_id -> BigInt,
        revision_id -> BigInt,
        revision_hash -> Text,
        passage -> Text,
        clinician_id -> BigInt,
        credential_id -> BigInt,
        name -> Text,
        register -> Text,
        number -> Text,
        verified_at -> Timestamp,
    }
}

diesel::table! {
    /// A view: see migrations/*/…_views.
    public_posts (id) {
        id -> BigInt,
        thread_id -> BigInt,
        author_id -> BigInt,
        kind -> Text,
        about -> Text,
        first_published_at -> Timestamp,
        approved_late -> Bool,
        revision_id -> BigInt,
        revision_number -> Integer,
        title -> Nullable<Text>,
        html -> Text,
        plain -> Text,
        revision_hash -> Text,
        revised_at -> Timestamp,
        author_name -> Text,
        author_moderator -> Bool,
        author_clinician -> Bool,
        board_id -> BigInt,
        audience -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    /// A view: see migrations/*/…_views.
    public_threads (id) {
        id -> BigInt,
        board_id -> BigInt,
        audience -> Text,
        board_slug -> Text,
        board_name -> Text,
        opening_post_id -> BigInt,
        locked -> Bool,
        public_posts -> Integer,
        last_activity_at -> Timestamp,
        opened_at -> Timestamp,
        author_id -> BigInt,
        author_name -> Text,
        title -> Text,
        opening_plain -> Text,
    }
}

diesel::table! {
    rule_days (rule, version, day) {
        rule -> Text,
        version -> BigInt,
        day -> Date,
        hits -> Integer,
        shadow_hits -> Integer,
        agreed -> Integer,
        disagreed -> Integer,
    }
}

diesel::table! {
    rule_states (rule, version, state) {
        rule -> Text,
        version -> BigInt,
        state -> Text,
        first_at -> Timestamp,
        first_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    backtests (id) {
        id -> BigInt,
        kind -> Text,
        rule -> Nullable<Text>,
        hash -> Text,
        state -> Text,
        posts -> BigInt,
        total -> BigInt,
        started_at -> Timestamp,
        started_by -> BigInt,
        beat_at -> Timestamp,
        report -> Nullable<Text>,
    }
}

diesel::table! {
    backtest_rules (rule, version, fingerprint, backtest_id) {
        rule -> Text,
        version -> BigInt,
        fingerprint -> Text,
        backtest_id -> BigInt,
    }
}

diesel::table! {
    rule_requests (hash) {
        hash -> Text,
        asked_at -> Timestamp,
        asked_by -> BigInt,
    }
}

diesel::table! {
    saved_searches (id) {
        id -> BigInt,
        member_id -> BigInt,
        name -> Text,
        address -> Text,
    }
}

diesel::table! {
    looked_for_weeks (week) {
        week -> Date,
        key -> Text,
    }
}

diesel::table! {
    looked_for (week, words, token) {
        week -> Date,
        words -> Text,
        token -> Text,
    }
}

diesel::table! {
    looked_for_counts (week, words) {
        week -> Date,
        words -> Text,
        people -> BigInt,
    }
}

diesel::joinable!(sessions -> members (member_id));

diesel::table! {
    index_builds (id) {
        id -> BigInt,
        done -> BigInt,
        total -> BigInt,
        beat_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    helped (thread_id) {
        thread_id -> BigInt,
        times -> Integer,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    helped,
    index_builds,
    audit,
    backtest_rules,
    backtests,
    outbox,
    submissions,
    secrets,
    members,
    credentials,
    sessions,
    boards,
    board_members,
    threads,
    posts,
    revisions,
    revision_reads,
    drafts,
    imports,
    review_items,
    decisions,
    notices,
    articles,
    article_versions,
    article_sources,
    signatures,
    stops,
    attachments,
    verified_statements,
    public_posts,
    public_threads,
);
